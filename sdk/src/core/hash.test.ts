import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { murmur3, murmur3After } from './hash.ts'

interface Case {
  text: string
  seed: number
  hash: number
}
interface Foreign {
  group: string
  id: string
  seed: number
  utf8_hash32: number
}

const { cases } = JSON.parse(readFileSync(new URL('../../../vectors/hashing.json', import.meta.url), 'utf8')) as { cases: Case[] }
const foreign = new URL('../../../../shared/vectors/unleash-murmur3-vectors.json', import.meta.url)

test.each(cases)('murmur3($text, $seed) is $hash', ({ text, seed, hash }) => {
  expect(murmur3(text, seed)).toBe(hash)
})

test.skipIf(!existsSync(foreign))('an independent implementation agrees on 168 texts (skipped without ../shared/vectors)', () => {
  const { vectors } = JSON.parse(readFileSync(foreign, 'utf8')) as { vectors: Foreign[] }
  expect(vectors).toHaveLength(168)
  expect(vectors.filter(({ group, id, seed, utf8_hash32 }) => murmur3(`${group}:${id}`, seed) !== utf8_hash32)).toEqual([])
})

test('a lone surrogate counts as U+FFFD', () => {
  expect(murmur3('a\ud800b')).toBe(murmur3('a\ufffdb'))
  expect(murmur3('\udc00')).toBe(murmur3('\ufffd'))
  expect(murmur3('x\ud83d')).toBe(murmur3('x\ufffd'))
})

test('a hash continued from its prefix is the hash of the whole', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.integer(), (prefix, text, seed) => {
      expect(murmur3After(`${prefix}.`, seed)(text)).toBe(murmur3(`${prefix}.${text}`, seed))
    }),
    { numRuns: 2000 },
  )
})

test('text is hashed as its UTF-8 bytes, however they were written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(murmur3(text)).toBe(murmur3(new TextDecoder().decode(new TextEncoder().encode(text))))
    }),
  )
})
