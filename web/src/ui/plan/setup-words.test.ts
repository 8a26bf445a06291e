import { setupOf, type ExperimentSetup } from '@assay/server/contract'
import { expect, test } from 'vitest'
import { setupFieldNames, setupWords } from './setup-words.ts'

const setup: ExperimentSetup = {
  flag: 'checkout.express-pay', environment: 'production', unitType: 'user', assignment: 'internal',
  arms: [{ variant: 'control', weight: 1 }, { variant: 'express', weight: 1 }], control: 'control', coverage: 1,
  mode: 'fixed', plannedUnits: 20_000, plannedDays: 14, minDays: 7, alpha: 0.05, power: 0.8,
}

test('the set-up is taken out of an experiment', () => {
  expect(setupOf({ ...setup, key: 'EXP-1', status: 'running' } as ExperimentSetup)).toEqual(setup)
  const layered: ExperimentSetup = { ...setup, layer: { key: 'checkout', from: 0, to: 50_000 } }
  expect(setupOf(layered)).toEqual(layered)
})

test('every field has words', () => {
  expect(setupFieldNames.map((field) => setupWords(setup, field))).toEqual(['checkout.express-pay', 'production', 'user', 'By Assay', 'control 1 : express 1', 'control', '100%', 'in none', 'Once, at the end', '20,000', '14 days', '7 days', '5%', '80%', 'not adjusted', 'late', 'the planned people', 'none'])
  expect(setupWords({ ...setup, plannedDays: null }, 'plannedDays')).toBe('not planned')
  expect(setupWords({ ...setup, layer: { key: 'checkout', from: 0, to: 50_000 } }, 'layer')).toBe('checkout, 0% to 50%')
})
