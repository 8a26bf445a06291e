import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

function sim(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/sim.mjs', ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

const ids = [...Array.from({ length: 8 }, (_, i) => `F${i + 1}`), 'P1', 'P2', 'P3', ...Array.from({ length: 7 }, (_, i) => `C${i + 1}`), 'S1', 'S2', 'M1', 'D1', 'D2', 'G1', 'B1', 'R1']

test('npm run sim: every figure meets its target, and every id prints one or says what it needs', { timeout: 300_000 }, () => {
  const { status, stdout } = sim()
  const lines = stdout.split('\n')
  expect(lines.filter((line) => line.startsWith('FAILED'))).toEqual([])
  for (const id of ids) expect(lines.some((line) => new RegExp(`^(ok    |-     ) ${id} `).test(line)), id).toBe(true)
  expect(status).toBe(0)
})

test('a simulation that does not exist is named', () => {
  expect(sim('Z9')).toMatchObject({ status: 1, stderr: expect.stringContaining('There is no simulation Z9') as string })
})
