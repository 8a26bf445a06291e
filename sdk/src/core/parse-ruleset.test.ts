import { expect, test } from 'vitest'
import { parseRuleset } from './parse-ruleset.ts'
import { aRuleset } from './ruleset.samples.ts'

test('a ruleset is read, keys that are not known included', () => {
  const ruleset = { ...aRuleset(), laterAddition: 1 }
  expect(parseRuleset(JSON.stringify(ruleset))).toEqual({ ok: true, ruleset })
})

test.each<[unknown, RegExp]>([
  ['{', /not JSON/],
  ['', /not JSON/],
  ['null', /schema 1/],
  ['[]', /schema 1/],
  [{ ...aRuleset(), schema: 2 }, /schema 1/],
  [{ ...aRuleset(), project: '' }, /no project/],
  [{ ...aRuleset(), environment: 1 }, /no environment/],
  [{ ...aRuleset(), epoch: undefined }, /no epoch/],
  [{ ...aRuleset(), version: -1 }, /no version/],
  [{ ...aRuleset(), version: 1.5 }, /no version/],
  [{ ...aRuleset(), flags: {} }, /no flags/],
  [{ ...aRuleset(), cohorts: null }, /no cohorts/],
  [{ ...aRuleset(), layers: undefined }, /no layers/],
  [{ ...aRuleset(), holdouts: 'x' }, /no holdouts/],
  ['['.repeat(100_000), /not JSON/],
])('a broken envelope is refused: $1', (value, reason) => {
  const parsed = parseRuleset(typeof value === 'string' ? value : JSON.stringify(value))
  expect(parsed.ok ? 'accepted' : parsed.error).toMatch(reason)
})
