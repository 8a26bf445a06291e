import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '../contract/routes.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { generate } from './generate.ts'

let server: TestServer
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-generate-'))
  server = await startTestServer()
  await server.admin(routes.createFlag, { params: { project: 'shop' }, body: { key: 'page-size', name: 'Page size', kind: 'release', type: 'integer', variants: [{ key: 'small', name: 'Small', value: 10 }, { key: 'large', name: 'Large', value: 50 }] } })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the flags of an environment are read with its server key, and again from a saved ruleset', async () => {
  const key = await server.key()
  const out = join(folder, 'flags.d.ts')
  expect(await generate(['--url', server.url, '--key', key, '--out', out])).toBe(`Wrote ${out}: 1 flag of shop in production.`)
  expect(readFileSync(out, 'utf8')).toContain('"page-size": \'integer\'')
  expect(await generate(['--url', server.url, '--key', key, '--out', out, '--check'])).toMatch(/is up to date/)

  const saved = join(folder, 'ruleset.json')
  writeFileSync(saved, await (await fetch(`${server.url}/sdk/v1/ruleset`, { headers: { authorization: `Bearer ${key}` } })).text())
  const again = join(folder, 'again.d.ts')
  await generate(['--from', saved, '--out', again])
  expect(readFileSync(again, 'utf8')).toBe(readFileSync(out, 'utf8'))
})

test('a file that is out of date fails the check and stays as it is', async () => {
  const out = join(folder, 'old.d.ts')
  writeFileSync(out, 'old')
  await expect(generate(['--url', server.url, '--key', await server.key(), '--out', out, '--check'])).rejects.toThrow(/is not up to date with the 1 flag of shop in production/)
  expect(readFileSync(out, 'utf8')).toBe('old')
})

test('what is missing or refused is said, and nothing is written', async () => {
  const out = join(folder, 'nothing.d.ts')
  await expect(generate(['--out', out])).rejects.toThrow(/^Usage: assay generate/)
  await expect(generate(['--url', server.url, '--key', 'nonsense', '--out', out])).rejects.toThrow(/answered 401: .*does not exist or was revoked/)
  const saved = join(folder, 'nonsense.json')
  writeFileSync(saved, '{"schema":2}')
  await expect(generate(['--from', saved, '--out', out])).rejects.toThrow(/gave no ruleset. The ruleset is not of schema 1/)
  expect(() => readFileSync(out)).toThrow()
  expect(await generate(['--help'])).toMatch(/^Usage: assay generate/)
})
