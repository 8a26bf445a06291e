import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { CHAIN_START, chainHash, type ChainedEntry } from './audit-chain.ts'

const entry: ChainedEntry = {
  projectId: 'p', seq: 1, at: new Date('2026-03-01T12:00:00.123Z'), actorId: 'a', actorName: 'Ada', tokenName: null, action: 'flag.changed', entityKind: 'flag', entityKey: 'checkout',
  environment: 'production', before: { b: 1, a: [null] }, after: null, reason: 'Because.', revision: 3,
}

test('the hash is one that any program can compute from the entry as it is exported', () => {
  const text = '{"action":"flag.changed","actorId":"a","actorName":"Ada","after":null,"at":"2026-03-01T12:00:00.123Z","before":{"a":[null],"b":1},"entityKey":"checkout","entityKind":"flag","environment":"production","projectId":"p","reason":"Because.","revision":3,"seq":1}'
  const expected = createHash('sha256').update(`\n${text}`).digest('hex')
  expect(chainHash(CHAIN_START, entry)).toBe(expected)
  expect(chainHash(expected, entry)).toBe(createHash('sha256').update(`${expected}\n${text}`).digest('hex'))
})

test('every member of an entry counts', () => {
  const other: ChainedEntry = {
    projectId: 'q', seq: 2, at: new Date(0), actorId: null, actorName: 'Eve', tokenName: 'CI', action: 'x', entityKind: 'cohort', entityKey: 'y', environment: null, before: {}, after: 1, reason: null, revision: null,
  }
  const hashes = Object.keys(entry).map((member) => chainHash(CHAIN_START, { ...entry, [member]: other[member as keyof ChainedEntry] }))
  expect(new Set([...hashes, chainHash(CHAIN_START, entry)]).size).toBe(Object.keys(entry).length + 1)
})
