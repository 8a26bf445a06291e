import type { ExperimentSetup, FlagSummary } from '@assay/server/contract'
import { experimentSetup } from '@assay/server/contract'
import { expect, test } from 'vitest'
import { admittedBy, emptySetup, formToSetup, proposedMode, setupProblems, setupToForm, treatedShare, withFlag } from './setup-form.ts'

const flag: FlagSummary = {
  key: 'express-pay', name: 'Express pay', kind: 'experiment', type: 'boolean', owner: null,
  tags: [], clientVisible: false, expectedRemoval: null, archivedAt: null, createdAt: '2026-10-01T00:00:00Z', openChanges: 0,
  variants: [{ key: 'on' }, { key: 'off' }],
  environments: [{ environment: 'production', enabled: true, rules: 0, fallthrough: { variant: 'off' }, split: null, offVariant: 'off' }],
  experiment: null, changedAt: '2026-05-01T09:00:00.000Z', changedBy: 'Ada',
}
const setup: ExperimentSetup = {
  flag: 'express-pay', environment: 'production', unitType: 'user', assignment: 'internal', arms: [{ variant: 'off', weight: 1 }, { variant: 'on', weight: 2 }], control: 'off',
  coverage: 0.07, mode: 'fixed', plannedUnits: 1000, plannedDays: null, minDays: 7, alpha: 0.05, power: 0.8,
}

test('a setup goes through the form unchanged', () => {
  expect(formToSetup(setupToForm(setup, ['off', 'on', 'blue']))).toEqual(setup)
  const layered: ExperimentSetup = { ...setup, layer: { key: 'checkout', from: 0, to: 50_000 } }
  expect(formToSetup(setupToForm(layered, ['off', 'on']))).toEqual(layered)
})

test('variants of the flag that are no arms are offered, not included', () => {
  expect(setupToForm(setup, ['off', 'on', 'blue']).arms.at(-1)).toEqual({ variant: 'blue', weight: 1, included: false })
})

test('choosing a flag is enough for a setup that the contract accepts, with control first', () => {
  const form = withFlag(emptySetup('production', 'user'), flag)
  expect(form.control).toBe('off')
  expect(form.arms.map((arm) => arm.variant)).toEqual(['off', 'on'])
  expect(experimentSetup.safeParse(formToSetup(form)).success).toBe(true)
})

test('without a flag there is no setup and nothing is asked', () => {
  const form = withFlag(withFlag(emptySetup('production', 'user'), flag), undefined)
  expect(formToSetup(form)).toBeNull()
  expect(setupProblems(form)).toEqual([])
})

test('each open question of a setup is named', () => {
  const form = withFlag(emptySetup('production', 'user'), flag)
  expect(setupProblems({ ...form, control: null })).toEqual(['Say which variant is control.'])
  expect(setupProblems({ ...form, coverage: 0 })).toEqual(['Let between 0% and 100% of the audience in.'])
  expect(setupProblems({ ...form, plannedDays: '' })).toEqual(['Plan how many people or how many days.'])
  expect(setupProblems({ ...form, plannedDays: '', mode: 'always_valid' })).toEqual([])
  expect(setupProblems({ ...form, arms: form.arms.slice(0, 1) })).toEqual(['Choose two variants at least: one of them is control.'])
  expect(formToSetup({ ...form, control: null })).toBeNull()
})

test('only what is not control counts as exposure', () => {
  const form = { ...setupToForm(setup, []), coverage: 30 }
  expect(treatedShare(form)).toBeCloseTo(0.2)
  expect(treatedShare({ ...form, layer: { key: 'checkout', from: 0, to: 50_000 } })).toBeCloseTo(0.1)
  expect(treatedShare({ ...form, assignment: 'external' })).toBe(0)
  expect(treatedShare({ ...form, steps: [{ afterDays: 1, coverage: 100 }] })).toBeCloseTo(treatedShare({ ...form, coverage: 100 }))
})

test('a part of a layer lets fewer in, is not empty, and is Assay\'s to keep', () => {
  const form = { ...setupToForm({ ...setup, layer: { key: 'checkout', from: 50_000, to: 80_000 } }, []), coverage: 50 }
  expect(admittedBy(form)).toBeCloseTo(0.15)
  expect(admittedBy({ ...form, assignment: 'external' })).toBe(0.5)
  expect(formToSetup({ ...form, assignment: 'external' })).not.toHaveProperty('layer')
  const empty = { ...form, layer: { key: 'checkout', from: 5, to: 5 } }
  expect(setupProblems(empty)).toEqual(['Its part of the layer is empty: raise the share above 0%.'])
  expect(formToSetup(empty)).toBeNull()
  expect(setupProblems({ ...empty, assignment: 'external' })).toEqual([])
})

test('planned looks are proposed where people finish, one look where they do not, any time without a plan', () => {
  expect(proposedMode({ windowHours: 168 }, true)).toBe('group_sequential')
  expect(proposedMode({ windowHours: null }, true)).toBe('fixed')
  expect(proposedMode({ windowHours: 168 }, false)).toBe('always_valid')
})
