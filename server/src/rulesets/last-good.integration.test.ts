import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLastGoodStore } from './last-good.store.ts'

const log = pino({ level: 'silent' })
let directory: string
beforeEach(() => { directory = join(mkdtempSync(join(tmpdir(), 'assay-last-good-')), 'last-good') })
afterEach(() => { rmSync(join(directory, '..'), { recursive: true, force: true }) })

function published(environmentId: string, version: number) {
  const body = JSON.stringify({ environmentId, version, text: 'grüße\n' })
  return { environmentId, epoch: 'e', version, body, sha256: createHash('sha256').update(body).digest('hex') }
}

test('the newest of each environment comes back byte for byte', async () => {
  const store = createLastGoodStore(directory, log)
  expect(await store.readAll()).toEqual([])
  for (let version = 1; version <= 50; version++) store.save(published('a', version))
  store.save(published('b', 1))
  store.save(published('c', 1))
  store.remove('c')
  await store.flush()
  const found = await createLastGoodStore(directory, log).readAll()
  expect(found.sort((x, y) => (x.environmentId < y.environmentId ? -1 : 1))).toEqual([published('a', 50), published('b', 1)])
  expect(readdirSync(directory).sort()).toEqual(['a.ruleset', 'b.ruleset'])
})

test('a damaged or foreign file is left out', async () => {
  const store = createLastGoodStore(directory, log)
  store.save(published('a', 1))
  await store.flush()
  const { body, ...header } = published('b', 1)
  writeFileSync(join(directory, 'b.ruleset'), `${JSON.stringify(header)}\n${body.slice(0, -1)}`)
  writeFileSync(join(directory, 'c.ruleset'), 'not a ruleset')
  expect(await store.readAll()).toEqual([published('a', 1)])
})
