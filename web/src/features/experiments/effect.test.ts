import { expect, test } from 'vitest'
import { effectOf, methodWords } from './effect.ts'
import { comparison } from './experiment.samples.ts'

test('the plain interval is shown where it is the one that decided', () => {
  expect(effectOf(comparison(), 'relative')).toEqual({ deciding: { lower: 0.019, mid: 0.036, upper: 0.053 }, plain: { lower: 0.019, mid: 0.036, upper: 0.053 }, method: null, open: false })
  expect(effectOf(comparison(), 'absolute').deciding).toEqual({ lower: 0.0116, mid: 0.022, upper: 0.0324 })
})

test('another interval that decided is shown beside the plain one', () => {
  const decidedBy = { method: 'always_valid', p: 0.01, ciLower: 0.004, ciUpper: 0.04, liftLower: 0.006, liftUpper: null }
  const effect = effectOf(comparison({ decidedBy }), 'relative')
  expect(effect.deciding).toEqual({ lower: 0.006, mid: 0.036, upper: null })
  expect(effect.plain.lower).toBe(0.019)
  expect(effect.method).toBe('always_valid')
  expect(effectOf(comparison({ decidedBy }), 'absolute').deciding).toEqual({ lower: 0.004, mid: 0.022, upper: 0.04 })
})

test('an interval without ends is open', () => {
  expect(effectOf(comparison({ decidedBy: { method: 'always_valid', p: null, ciLower: null, ciUpper: null } }), 'relative').open).toBe(true)
})

test('methods have words', () => {
  expect(methodWords('always_valid')).toBe('always-valid interval')
  expect(methodWords('group_sequential_newcombe')).toBe('group-sequential interval')
  expect(methodWords('welch_holm')).toBe('Welch interval at the level of the plan, adjusted for several variants')
  expect(methodWords('some_new_one')).toBe('some new one')
})
