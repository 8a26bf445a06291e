import type { Split } from '@assay/sdk/core'
import { expect, test } from 'vitest'
import type { Targeting, TargetingRule } from '../contract/flags.ts'
import { AppError } from '../http/app-error.ts'
import { assertDistinct, assertSaltsKept } from './check-proposal.ts'

const plain: Targeting = { enabled: true, offVariant: 'off', prerequisites: [], rules: [], fallthrough: { variant: 'off' } }
const split = (weights: [on: number, off: number], more: Partial<Split> = {}): Split => ({ unit: 'user', salt: 's1', hash: 'murmur3', coverage: 100_000, arms: [{ variant: 'on', weight: weights[0] }, { variant: 'off', weight: weights[1] }], ...more })
const rule = (id: string, serve: TargetingRule['serve'] = { variant: 'on' }): TargetingRule => ({ id, name: id, serve })
const rules = (...list: TargetingRule[]): Targeting => ({ ...plain, rules: list })
const rest = (fallthrough: Targeting['fallthrough']): Targeting => ({ ...plain, fallthrough })

function refusal(work: () => void): unknown {
  try {
    work()
    return null
  } catch (error) {
    if (error instanceof AppError) return error.details
    throw error
  }
}

test('two rules of one id and two needs of one flag are told before they are stored', () => {
  expect(refusal(() => { assertDistinct('f', rules(rule('r'), rule('q'))) })).toBeNull()
  expect(refusal(() => { assertDistinct('f', rules(rule('r'), rule('r'))) })).toEqual([{ path: 'flags.f.rules', message: 'f has two rules with the id r.' }])
  expect(refusal(() => { assertDistinct('f', { ...plain, prerequisites: [{ flag: 'g', variants: ['on'] }, { flag: 'g', variants: ['off'] }] }) })).toEqual([{ path: 'flags.f.prerequisites', message: 'f needs g twice: name all the variants that will do in one place.' }])
})

const half = split([50_000, 50_000])
const more = split([70_000, 30_000])
test.each<[string, Targeting, Targeting, string | null]>([
  ['the same split', rules(rule('r', half)), rules(rule('r', half)), null],
  ['a wider reach', rules(rule('r', { ...half, coverage: 10_000 })), rules(rule('r', { ...half, coverage: 90_000 })), null],
  ['at full reach, a last arm that falls', rules(rule('r', half)), rules(rule('r', more)), null],
  ['a last arm that grows', rules(rule('r', more)), rules(rule('r', half)), 'rules.0.serve'],
  ['a last arm that falls at a part of the reach', rules(rule('r', { ...half, coverage: 50_000 })), rules(rule('r', { ...more, coverage: 50_000 })), 'rules.0.serve'],
  ['other weights with a new salt', rules(rule('r', more)), rules(rule('r', { ...half, salt: 's2' })), null],
  ['arms in another order', rest(half), rest({ ...half, arms: [...half.arms].reverse() }), 'fallthrough'],
  ['another unit', rest(half), rest({ ...half, unit: 'company' }), 'fallthrough'],
  ['the salt in another rule, with other weights', rules(rule('r', more)), rules(rule('q', half)), 'rules.0.serve'],
  ['the salt in the fallthrough, with other weights', rules(rule('r', more)), { ...rules(rule('r', more)), fallthrough: half }, 'fallthrough'],
  ['the salt in another rule, with the same weights', rules(rule('r', half)), rules(rule('q', half)), null],
  ['a rule that moved', rules(rule('r', half), rule('q')), rules(rule('q'), rule('r', half)), null],
  ['a first split', plain, rest(half), null],
])('%s', (_, before, after, path) => {
  expect(refusal(() => { assertSaltsKept('f', before, after) })).toEqual(path === null ? null : [{ path: `flags.f.${path}.salt`, message: expect.stringContaining('new salt') }])
})

test('a division of an earlier revision comes back with its salt, and no other', () => {
  const earlier = [rules(rule('r', half))]
  expect(refusal(() => { assertSaltsKept('f', rules(rule('r', more)), rules(rule('r', half)), earlier) })).toBeNull()
  expect(refusal(() => { assertSaltsKept('f', rules(rule('r', more)), rules(rule('r', split([60_000, 40_000]))), earlier) })).not.toBeNull()
})
