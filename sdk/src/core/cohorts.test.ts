import { expect, test } from 'vitest'
import { compileCohorts } from './cohorts.ts'
import type { Cohort } from './ruleset.ts'

function membership(cohorts: Partial<Cohort>[], key: string, context: object) {
  return compileCohorts(cohorts.map((cohort) => ({ unit: 'user', ...cohort }))).test(key)?.({ ...context })
}

const pro = { attribute: 'plan', op: 'in' as const, values: ['pro'] }
const listed: Partial<Cohort> = { key: 'c', when: pro, included: ['in', 'both', '7', 'true'], excluded: ['out', 'both'] }

test('excluded beats included beats the condition', () => {
  const of = (targetingKey: unknown, plan?: string) => membership([listed], 'c', { targetingKey, plan })
  expect([of('in', 'free'), of('both', 'pro'), of('out', 'pro'), of('else', 'pro'), of('else', 'free'), of('else')]).toEqual([true, false, false, true, false, undefined])
})

test('lists are compared with the unit as text', () => {
  expect([7, '7', true].map((targetingKey) => membership([listed], 'c', { targetingKey }))).toEqual([true, true, true])
})

test('without the unit, what a list could still change is unknown', () => {
  const of = (cohort: Partial<Cohort>, plan: string) => membership([{ key: 'c', when: pro, ...cohort }], 'c', { plan })
  expect([of({ included: ['a'] }, 'pro'), of({ included: ['a'] }, 'free')]).toEqual([true, undefined])
  expect([of({ excluded: ['a'] }, 'pro'), of({ excluded: ['a'] }, 'free')]).toEqual([undefined, false])
  expect([of({}, 'pro'), of({}, 'free')]).toEqual([true, false])
})

test('an empty cohort is nobody, an unknown one unknown', () => {
  expect(membership([{ key: 'c' }], 'c', { targetingKey: 'u' })).toBe(false)
  expect(membership([{ key: 'c' }], 'd', { targetingKey: 'u' })).toBeUndefined()
  expect(membership([{ key: 'c', included: [1] as never }], 'c', { targetingKey: '1' })).toBeUndefined()
})

test('cohorts nest, and one of another unit asks for that unit', () => {
  const cohorts: Partial<Cohort>[] = [
    { key: 'accounts', unit: 'company', included: ['acme'] },
    { key: 'people', when: { all: [{ cohort: 'accounts' }, { not: { cohort: 'staff' } }] } },
    { key: 'staff', included: ['ann'] },
  ]
  const of = (context: object) => membership(cohorts, 'people', context)
  expect([of({ targetingKey: 'eve', company: { id: 'acme' } }), of({ targetingKey: 'ann', company: { id: 'acme' } }), of({ targetingKey: 'eve', company: { id: 'other' } }), of({ targetingKey: 'eve' })]).toEqual([true, false, false, undefined])
})

test('cohorts in a circle are unknown where they ask each other, wherever evaluation begins', () => {
  const cohorts: Partial<Cohort>[] = [{ key: 'a', when: { any: [pro, { cohort: 'b' }] } }, { key: 'b', when: { cohort: 'a' } }, { key: 'self', when: { not: { cohort: 'self' } } }, { key: 'outside', when: { cohort: 'a' } }]
  expect(['a', 'b', 'self', 'outside'].map((key) => membership(cohorts, key, { targetingKey: 'u', plan: 'free' }))).toEqual([undefined, undefined, undefined, undefined])
  expect(['a', 'b', 'outside'].map((key) => membership(cohorts, key, { targetingKey: 'u', plan: 'pro' }))).toEqual([true, undefined, true])
})
