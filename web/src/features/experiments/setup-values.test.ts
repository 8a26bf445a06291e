import { expect, test } from 'vitest'
import { sampleSetup } from './experiment.samples.ts'
import { armValues, setupErrors, toSetup, toValues, treatmentShare, withFlag } from './setup-values.ts'

const values = toValues(sampleSetup, ['control', 'express', 'spare'])

test('a set-up goes through the form unchanged', () => {
  expect(toSetup(values)).toEqual(sampleSetup)
  const odd = { ...sampleSetup, layer: { key: 'checkout', from: 0, to: 50_000 }, coverage: 0.07, alpha: 0.029, plannedUnits: null, mode: 'always_valid' as const }
  expect(toSetup(toValues(odd, ['control', 'express']))).toEqual(odd)
  const extended = { ...sampleSetup, mode: 'group_sequential' as const, coverage: 0.1, cupedDays: 14, spending: 'quadratic' as const, tunedUnits: 900, coverageSteps: [{ afterDays: 2, coverage: 0.8 }] }
  expect(toSetup(toValues(extended, ['control', 'express']))).toEqual(extended)
})

test('every variant of the flag is offered, and an arm that it no longer has can be taken out', () => {
  expect(values.arms.map((arm) => [arm.variant, arm.takesPart])).toEqual([['control', true], ['express', true], ['spare', false]])
  expect(armValues(sampleSetup.arms, ['control']).map((arm) => arm.variant)).toEqual(['control', 'express'])
})

test('another flag brings its own variants', () => {
  const next = withFlag(values, { key: 'banner', variants: [{ key: 'off' }, { key: 'on' }, { key: 'big' }] })
  expect(next).toMatchObject({ flag: 'banner', control: 'off' })
  expect(next.arms.map((arm) => arm.takesPart)).toEqual([true, true, false])
})

test('what stands in the way is said at its field', () => {
  expect(setupErrors(values)).toEqual({})
  expect(setupErrors({ ...values, arms: values.arms.slice(0, 1) })).toHaveProperty('arms')
  expect(setupErrors({ ...values, arms: values.arms.map((arm) => ({ ...arm, weight: 0 })) })['arms']).toContain('weight')
  expect(setupErrors({ ...values, control: 'spare' })['arms']).toContain('control')
  expect(setupErrors({ ...values, plannedUnits: '', plannedDays: '' })).toHaveProperty('plannedUnits')
  expect(setupErrors({ ...values, plannedUnits: '', plannedDays: '', mode: 'always_valid' })).toEqual({})
  expect(setupErrors({ ...values, coverage: '', minDays: 400, alpha: 50, power: 50, plannedDays: 0, flag: '' })).toMatchObject({ coverage: expect.any(String), minDays: expect.any(String), alpha: expect.any(String), power: expect.any(String), plannedDays: expect.any(String), flag: expect.any(String) })
  expect(toSetup({ ...values, coverage: '' })).toBeNull()
})

test('a part of a layer is not empty, and belongs to an experiment that Assay assigns', () => {
  const empty = { ...values, layer: { key: 'checkout', from: 5, to: 5 } }
  expect(setupErrors(empty)).toEqual({ layer: 'Its part of the layer is empty: raise the share above 0%.' })
  expect(setupErrors({ ...empty, assignment: 'external' })).toEqual({})
  expect(toSetup({ ...empty, assignment: 'external' })).not.toHaveProperty('layer')
})

test('exposure counts those who meet something else than control', () => {
  expect(treatmentShare({ ...sampleSetup, coverage: 0.5 })).toBe(0.25)
  expect(treatmentShare({ ...sampleSetup, coverage: 0.5, layer: { key: 'checkout', from: 0, to: 40_000 } })).toBe(0.1)
  expect(treatmentShare({ ...sampleSetup, coverage: 0.1, coverageSteps: [{ afterDays: 2, coverage: 0.8 }] })).toBe(0.4)
  expect(treatmentShare({ ...sampleSetup, arms: [] })).toBe(0)
})
