import { expect, test } from 'vitest'
import { looks, lookOf, placeOf } from './waiting-look.ts'

test('an item leads to the place where it is done', () => {
  expect(placeOf({ kind: 'decide', key: 'EXP-3' })).toBe('/experiments/EXP-3')
  expect(placeOf({ kind: 'distrust', key: 'EXP-3' })).toBe('/experiments/EXP-3/health')
  expect(placeOf({ kind: 'review', key: 'CH-2' })).toBe('/changes/CH-2')
  expect(placeOf({ kind: 'expose', key: 'H-5' })).toBe('/hypotheses/H-5/edit?step=expose')
  expect(placeOf({ kind: 'remove', key: 'checkout.express-pay' })).toBe('/flags/checkout.express-pay/targeting')
  expect(placeOf({ kind: 'task', key: 'T-1' })).toBe('/tasks?view=open')
})

test('what should be done already says so, and its button stays', () => {
  expect(lookOf({ kind: 'decide', urgency: 'next' })).toBe(looks.decide)
  expect(lookOf({ kind: 'decide', urgency: 'now' })).toMatchObject({ label: 'Overdue', tone: 'loss', action: 'Decide' })
  expect(lookOf({ kind: 'apply', urgency: 'now' })).toBe(looks.apply)
})
