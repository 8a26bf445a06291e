import { expect, test } from 'vitest'
import { decisionErrors, differsFromVerdict, proposed, toDecision } from './decision-values.ts'
import { experiment } from './experiment.samples.ts'

const verdictOf = (kind: NonNullable<ReturnType<typeof experiment>['verdict']>['kind']) => experiment({ verdict: { kind, final: true, sentence: '' } })

test('the form proposes what the verdict says', () => {
  expect(proposed(verdictOf('confirmed'), 'express')).toEqual({ choice: 'ship', variant: 'express', note: '', learning: '' })
  expect(proposed(verdictOf('harmful'), 'express').choice).toBe('remove')
  expect(proposed(verdictOf('rejected'), null)).toMatchObject({ choice: 'remove', variant: 'express' })
  expect(proposed(verdictOf('inconclusive'), null).choice).toBe('iterate')
})

test('a decision against the verdict has to say why', () => {
  expect(differsFromVerdict({ choice: 'ship' }, verdictOf('harmful'))).toBe(true)
  expect(differsFromVerdict({ choice: 'iterate' }, verdictOf('confirmed'))).toBe(true)
  expect(differsFromVerdict({ choice: 'remove' }, verdictOf('rejected'))).toBe(false)
  expect(decisionErrors({ choice: 'ship', variant: 'express', note: ' ', learning: 'x' }, verdictOf('harmful'))).toEqual({ note: 'This differs from the verdict: say why.' })
})

test('a decision needs a learning, and a variant that can be shipped', () => {
  expect(decisionErrors({ choice: 'ship', variant: 'control', note: '', learning: '' }, verdictOf('confirmed'))).toEqual({ variant: 'Say which variant to ship.', learning: 'Write down what was learned.' })
  expect(decisionErrors({ choice: 'ship', variant: 'express', note: '', learning: 'People like it.' }, verdictOf('confirmed'))).toEqual({})
})

test('the variant is sent with a shipment only', () => {
  expect(toDecision({ choice: 'remove', variant: 'express', note: 'n', learning: 'l' })).toEqual({ choice: 'remove', note: 'n', learning: 'l' })
  expect(toDecision({ choice: 'ship', variant: 'express', note: '', learning: 'l' })).toEqual({ choice: 'ship', variant: 'express', note: '', learning: 'l' })
})
