import { expect, test } from 'vitest'
import type { FlagDetail, Targeting } from '@assay/server/contract'
import { changedParts, liveEnvironments, measuredVariants, mergeDefinition, type Definition } from './definition.ts'

const was: Definition = { name: 'Search', description: '', kind: 'experiment', owner: null, tags: [], expectedRemoval: null, clientVisible: false, variants: [{ key: 'a', value: 1 }, { key: 'b', value: 2 }] }

test('edits of different fields and variants are both kept', () => {
  const live = { ...was, name: 'Search ranking', variants: [{ key: 'a', value: 10 }, { key: 'b', value: 2 }] }
  const yours = { ...was, description: 'Why', variants: [{ key: 'a', value: 1 }, { key: 'b', value: 2, name: 'B' }, { key: 'c', value: 3 }] }
  expect(mergeDefinition(was, live, yours)).toEqual({ overlaps: [], definition: { ...was, name: 'Search ranking', description: 'Why', variants: [{ key: 'a', value: 10 }, { key: 'b', value: 2, name: 'B' }, { key: 'c', value: 3 }] } })
})

test('different edits of one field or variant overlap', () => {
  const live = { ...was, name: 'Theirs', variants: [{ key: 'a', value: 10 }] }
  const yours = { ...was, name: 'Mine', variants: [{ key: 'a', value: 20, name: 'A' }, { key: 'b', value: 5 }] }
  const merged = mergeDefinition(was, live, yours, 'yours')
  expect(merged.overlaps).toEqual([
    { id: 'variant a', subject: 'Variant a', was: { kind: 'text', text: '1' }, live: { kind: 'text', text: '10' }, yours: { kind: 'text', text: 'A: 20' } },
    { id: 'variant b', subject: 'Variant b', was: { kind: 'text', text: '2' }, live: undefined, yours: { kind: 'text', text: '5' } },
    { id: 'name', subject: 'Name', was: { kind: 'text', text: 'Search' }, live: { kind: 'text', text: 'Theirs' }, yours: { kind: 'text', text: 'Mine' } },
  ])
  expect(merged.definition).toEqual(yours)
  expect(mergeDefinition(was, live, yours, 'live').definition).toEqual(live)
})

test('only the parts that changed are sent', () => {
  expect(changedParts(was, was)).toEqual({})
  expect(changedParts(was, { ...was, tags: ['web'], owner: 'Ada' })).toEqual({ tags: ['web'], owner: 'Ada' })
})

test('owners, tags, kinds and days of removal overlap like everything else, in words', () => {
  const merged = mergeDefinition(was, { ...was, owner: 'Jonas', tags: ['web'] }, { ...was, owner: 'Ada', tags: ['mobile'], expectedRemoval: '2027-03-31' })
  expect(merged.overlaps.map(({ subject, was: before, live, yours }) => [subject, before, live, yours])).toEqual([
    ['Owner', { kind: 'text', text: 'nobody' }, { kind: 'text', text: 'Jonas' }, { kind: 'text', text: 'Ada' }],
    ['Tags', { kind: 'text', text: 'nothing' }, { kind: 'text', text: 'web' }, { kind: 'text', text: 'mobile' }],
  ])
  expect(merged.definition.expectedRemoval).toBe('2027-03-31')
})

const targeting: Targeting = { enabled: true, offVariant: null, prerequisites: [], fallthrough: { variant: 'a' }, rules: [{ id: 'r', name: '', serve: { unit: 'user', salt: 's', hash: 'murmur3', coverage: 100_000, experiment: 'EXP-1', phase: 1, arms: [{ variant: 'a', weight: 50_000 }, { variant: 'b', weight: 50_000 }] } }] }
const flag: FlagDetail = {
  ...was, key: 'search', type: 'integer', archivedAt: null, revision: 1, createdAt: '2026-11-01T00:00:00Z',
  environments: [{ environment: 'staging', revision: 1, targeting, changedAt: '2026-11-01T00:00:00Z', changedBy: 'Ada' }, { environment: 'production', revision: 1, targeting, changedAt: '2026-11-01T00:00:00Z', changedBy: 'Ada' }],
  experiments: [{ key: 'EXP-1', hypothesis: 'H-1', status: 'running', environment: 'production', ruleId: 'r' }],
}

test('the arms of a running experiment are measured, those of a stopped one are not', () => {
  expect([...measuredVariants(flag)]).toEqual([['a', 'EXP-1'], ['b', 'EXP-1']])
  expect(measuredVariants({ ...flag, experiments: flag.experiments.map((experiment) => ({ ...experiment, status: 'stopped' })) }).size).toBe(0)
})

test('a new value reaches people where the flag is on in production', () => {
  expect(liveEnvironments(flag, ['production'])).toEqual(['production'])
  expect(liveEnvironments(flag, [])).toEqual([])
})
