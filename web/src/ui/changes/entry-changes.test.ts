import { expect, test } from 'vitest'
import type { Targeting } from '@assay/server/contract'
import { namingOf } from '../serve/naming.ts'
import { entryChanges } from './entry-changes.ts'

const naming = namingOf([{ key: 'on', name: 'New' }], [{ key: 'staff', name: 'Employees' }])
const off: Targeting = { enabled: false, offVariant: null, prerequisites: [], rules: [], fallthrough: { variant: 'on' } }
const words = (before: unknown, after: unknown) => entryChanges({ before: before as null, after: after as null }, naming).map(({ subject, name, words: said }) => [subject, name, said])

test('the targeting of a flag is compared rule by rule', () => {
  expect(words(off, { ...off, enabled: true })).toEqual([['Flag', undefined, 'turned on']])
})

test('any other record is compared field by field', () => {
  expect(words({ name: 'Old', plannedDays: null, secondaryMetrics: [], same: 1 }, { name: 'New', plannedDays: 14, secondaryMetrics: ['a', 'b'], same: 1 })).toEqual([
    ['Name', undefined, 'Old to New'],
    ['Planned days', undefined, 'nothing to 14'],
    ['Secondary metrics', undefined, 'nothing to a, b'],
  ])
})

test('a condition in a record reads as a condition', () => {
  expect(words({ when: null }, { when: { all: [{ cohort: 'staff' }, { attribute: 'country', op: 'in', values: ['DE'] }] } })).toEqual([['When', undefined, 'now in cohort Employees, and country is DE']])
})

test('variants are told one by one', () => {
  const before = { variants: [{ key: 'a', value: 1 }, { key: 'b', value: 2 }, { key: 'c', value: 3, name: 'C' }] }
  const after = { variants: [{ key: 'a', value: 5 }, { key: 'c', value: 3, name: 'Third' }, { key: 'd', value: { deep: true } }] }
  expect(words(before, after)).toEqual([
    ['Variant', 'a', '1 to 5'],
    ['Variant', 'b', 'removed'],
    ['Variant', 'c', 'named Third'],
    ['Variant', 'd', 'added with the value {"deep":true}'],
  ])
})

test('what was created or deleted has no parts', () => {
  expect(words(null, off)).toEqual([])
  expect(words(off, null)).toEqual([])
})

test('an edited proposal tells its targeting rule by rule, and when it is due', () => {
  const targeting = { enabled: true, offVariant: null, prerequisites: [], rules: [], fallthrough: { variant: 'on' } }
  const before = { flag: 'a', basedOn: 1, targeting, schedule: null }
  const after = { ...before, targeting: { ...targeting, fallthrough: { variant: 'off' } }, schedule: { local: '2027-03-31T09:00', timeZone: 'Europe/Berlin', at: '2027-03-31T07:00:00.000Z' } }
  expect(entryChanges({ before, after }, namingOf([{ key: 'on', name: 'On' }, { key: 'off', name: 'Off' }])).map(({ subject, words }) => `${subject}: ${words}`)).toEqual(['Everyone else: On to Off', 'Schedule: nothing to Wed 31 Mar 2027, 09:00 in Berlin'])
})

test('what an environment asks of changes reads as a sentence', () => {
  const policy = { approvals: 0, approvers: ['engineer', 'admin'], requireReason: false }
  expect(entryChanges({ before: { policy }, after: { policy: { ...policy, approvals: 1 } } }, namingOf([])).map(({ words }) => words)).toEqual(['now: Changes need a reason and 1 approval of an engineer or an admin other than the author.'])
})
