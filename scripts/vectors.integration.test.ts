import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

let directory: string
beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'assay-vectors-')) })
afterEach(() => { rmSync(directory, { recursive: true, force: true }) })

function vectors(...files: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/vectors.mjs', ...files], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

test('npm run vectors runs a file and counts what passed', () => {
  const { status, stdout } = vectors('vectors/stats/closed-forms.json')
  expect(stdout).toMatch(/^\d+ passed, 0 failed$/m)
  expect(status).toBe(0)
})

test('a case that differs, and a file that is not there, are named', () => {
  const file = join(directory, 'wrong.json')
  writeFileSync(file, JSON.stringify({ name: 'wrong', cases: [{ id: 'one', fn: 'no_such_function', input: {}, expected: 1, tol: { rel: 0, abs: 0 } }] }))
  expect(vectors(file)).toMatchObject({ status: 1, stdout: expect.stringContaining('no_such_function one: the engine has no such function') as string })
  expect(vectors(join(directory, 'absent.json'))).toMatchObject({ status: 1, stderr: expect.stringContaining('There is no file') as string })
})
