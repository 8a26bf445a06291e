import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sampleRuleset, startClient } from './client.samples.ts'
import { createLastGoodFile } from './last-good-file.ts'

let directory: string
let path: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'assay-sdk-'))
  path = join(directory, 'ruleset.json')
})
afterEach(() => { rmSync(directory, { recursive: true, force: true }) })

const scope = { url: 'http://assay.test', key: 'key', warn: () => undefined }
const read = (parts: { url?: string; key?: string } = {}) => createLastGoodFile({ lastGoodFile: path, ...scope, ...parts }).read()

async function write(text: string): Promise<void> {
  const file = createLastGoodFile({ lastGoodFile: path, ...scope })
  file.write(text)
  await file.settled()
}

test('a client starts from what the last one held, and says that it is stale', async () => {
  const first = startClient(sampleRuleset(2), { lastGoodFile: path })
  await first.client.ready()
  await first.client.close()
  const second = startClient(undefined, { lastGoodFile: path })
  second.server.behave('ruleset', 'refuse')
  await vi.waitFor(() => { expect(second.client.status()).toBe('stale') })
  expect(second.client.getBooleanDetails('release', false)).toMatchObject({ value: true, version: 2 })
  await second.client.close()
})

test('each update is kept, the newest last', async () => {
  const { client, server } = startClient(sampleRuleset(1), { lastGoodFile: path })
  await client.ready()
  for (let version = 2; version <= 20; version++) server.publish(sampleRuleset(version))
  await vi.waitFor(() => { expect(client.getBoolean('release', false)).toBe(true) })
  await client.close()
  expect((JSON.parse((await read()) ?? '') as { version: number }).version).toBe(20)
  expect(readdirSync(directory)).toEqual(['ruleset.json'])
})

test('the file is for its owner only, and does not hold the key', async () => {
  await write('{"a":1}')
  expect(statSync(path).mode & 0o077).toBe(0)
  expect(readFileSync(path, 'utf8')).not.toContain('"key"')
})

test('the ruleset of another address or key is never used', async () => {
  await write('{"a":1}')
  expect(await read()).toBe('{"a":1}')
  expect([await read({ key: 'other' }), await read({ url: 'http://other.test' })]).toEqual([undefined, undefined])
})

test('S9 a file that is cut or changed anywhere is not used', async () => {
  await write(JSON.stringify(sampleRuleset(2)))
  const whole = readFileSync(path)
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), fc.boolean(), async (at, change, isCut) => {
      const damaged = isCut ? whole.subarray(0, at) : Buffer.from(whole.map((byte, index) => (index === at ? byte ^ change : byte)))
      writeFileSync(path, damaged)
      // A change that only concerns how JSON is written leaves the same ruleset.
      expect([undefined, JSON.stringify(sampleRuleset(2))]).toContain(await read())
    }),
    { numRuns: 300 },
  )
  writeFileSync(path, 'null')
  expect(await read()).toBeUndefined()
})

test('a ruleset of more than two million characters is not kept, and what was kept stays', async () => {
  const warnings: string[] = []
  const file = createLastGoodFile({ lastGoodFile: path, ...scope, warn: (message) => { warnings.push(message) } })
  file.write('{"a":1}')
  file.write(`{"a":"${'x'.repeat(2_000_000)}"}`)
  await file.settled()
  expect([await read(), warnings]).toEqual(['{"a":1}', [expect.stringMatching(/^The ruleset is too large to be kept/)]])
})

test('a file that cannot be written harms nothing and is said', async () => {
  const { client, warnings } = startClient(sampleRuleset(2), { lastGoodFile: join(directory, 'absent', 'ruleset.json') })
  expect(await client.ready()).toBe('ready')
  await client.close()
  expect(warnings).toEqual([expect.stringMatching(/^The last good ruleset could not be written to .*absent/)])
})
