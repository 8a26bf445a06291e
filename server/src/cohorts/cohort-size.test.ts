import type { Cohort, Ruleset } from '@assay/sdk/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SeenUnit } from '../impact/unit-context.ts'
import { computeCohortSize } from './cohort-size.ts'

const ruleset: Ruleset = {
  schema: 1, project: 'shop', environment: 'production', epoch: 'e', version: 1, flags: [], layers: [], holdouts: [],
  cohorts: [{ key: 'german', unit: 'user', when: { attribute: 'country', op: 'in', values: ['DE'] } }, { key: 'staff', unit: 'user', included: ['u3'] }],
}
const noon = Date.parse('2027-01-15T12:00:00.000Z')
const DAY = 86_400_000
const seen: SeenUnit[] = [
  { unit: 'u1', units: {}, attributes: { country: 'DE', company: { plan: 'pro' } }, at: noon },
  { unit: 'u2', units: {}, attributes: { country: 'FR', 'company.plan': 'pro' }, at: noon - 1000 },
  { unit: 'u3', units: {}, attributes: {}, at: noon - DAY },
  { unit: 'u4', units: {}, attributes: { country: 'DE' }, at: noon - DAY - 1000 },
]
const cohort = (more: Partial<Cohort>): Cohort => ({ key: 'tried', unit: 'user', ...more })
const sizeOf = (more: Partial<Cohort>) => computeCohortSize({ ruleset, cohort: cohort(more), seen })

test('everybody seen is asked, and who cannot be told is counted apart', () => {
  expect(sizeOf({ when: { attribute: 'country', op: 'in', values: ['DE'] } })).toEqual({
    basis: { units: 4, since: '2027-01-14T11:59:59.000Z', until: '2027-01-15T12:00:00.000Z' },
    inside: 2, unknown: 1, share: 0.5,
    examples: [
      { unit: 'u1', seenAt: '2027-01-15T12:00:00.000Z', listed: false, attributes: { country: 'DE' } },
      { unit: 'u4', seenAt: '2027-01-14T11:59:59.000Z', listed: false, attributes: { country: 'DE' } },
    ],
  })
})

test('an attribute is shown by its dotted path, however the service gave it; nothing else of the person is', () => {
  const { examples } = sizeOf({ when: { all: [{ attribute: 'company.plan', op: 'in', values: ['pro'] }, { not: { attribute: 'country', op: 'in', values: ['ES'] } }] } })
  expect(examples.map(({ attributes }) => attributes)).toEqual([{ 'company.plan': 'pro', country: 'DE' }, { 'company.plan': 'pro', country: 'FR' }])
})

test('a cohort asks what the cohorts it names ask, and its lists win', () => {
  const size = sizeOf({ when: { any: [{ cohort: 'german' }, { cohort: 'staff' }] }, included: ['u2'], excluded: ['u4'] })
  expect(size.examples.map(({ unit, listed, attributes }) => ({ unit, listed, attributes }))).toEqual([
    { unit: 'u1', listed: false, attributes: { country: 'DE' } },
    { unit: 'u2', listed: true, attributes: { country: 'FR' } },
    { unit: 'u3', listed: false, attributes: { country: null } },
  ])
})

test('where nobody was seen nothing is claimed', () => {
  expect(computeCohortSize({ ruleset, cohort: cohort({ included: ['u1'] }), seen: [] })).toEqual({ basis: { units: 0, since: null, until: null }, inside: 0, unknown: 0, share: 0, examples: [] })
})

test('an edit takes the place of the cohort of its key, also for those that name it', () => {
  const edited = computeCohortSize({ ruleset: { ...ruleset, cohorts: [...ruleset.cohorts, cohort({ included: ['u1', 'u2', 'u3', 'u4'] })] }, cohort: cohort({ included: ['u1'] }), seen })
  expect(edited.inside).toBe(1)
})

test('who is in, who is out and who cannot be told make up everybody', () => {
  const countries = fc.constantFrom('DE', 'FR', undefined)
  fc.assert(fc.property(fc.array(fc.tuple(countries, fc.integer({ min: 0, max: 5 })), { maxLength: 50 }), (people) => {
    const met = people.map(([country, day], index): SeenUnit => ({ unit: `p${index}`, units: {}, attributes: country === undefined ? {} : { country }, at: noon - day * DAY }))
    const size = computeCohortSize({ ruleset, cohort: cohort({ when: { not: { cohort: 'german' } } }), seen: met })
    expect([size.inside, size.unknown]).toEqual([people.filter(([country]) => country === 'FR').length, people.filter(([country]) => country === undefined).length])
    expect(size.basis.units).toBe(people.length)
  }))
})
