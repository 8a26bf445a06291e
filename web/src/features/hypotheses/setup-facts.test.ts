import { expect, test } from 'vitest'
import { openPolicy } from '../../testing/render.tsx'
import { running } from './hypothesis.samples.ts'
import { setupFacts } from './setup-facts.ts'

const environments = [{ key: 'production', name: 'Production', production: true, position: 0, policy: openPolicy, ofrepExtras: true, revision: 1, rulesetVersion: 1 }]
const lines = (change: Partial<typeof running>, label: string) => setupFacts({ ...running, ...change }, environments).facts.find((fact) => fact.label === label)?.lines

test('a setup is told in words', () => {
  expect(lines({}, 'Flag')).toEqual(['express-pay in Production'])
  expect(lines({ arms: [{ variant: 'off', weight: 3 }, { variant: 'on', weight: 1 }] }, 'Arms')).toEqual(['off, 75%, control', 'on, 25%'])
  expect(lines({ coverage: 0.2 }, 'Let in')).toEqual(['20% of the audience, by user'])
  expect(lines({ assignment: 'external' }, 'Let in')).toEqual(['100% of the audience, by user, assigned by a service of ours'])
  expect(lines({}, 'Layer')).toBeUndefined()
  expect(lines({ coverage: 0.5, layer: { key: 'checkout', from: 20_000, to: 50_000 } }, 'Layer')).toEqual(['20% to 50% of the layer checkout: 15% of the audience takes part'])
  expect(lines({}, 'Planned')).toEqual(['20,000 people or 14 days, 7 days at least'])
  expect(lines({ plannedUnits: null, plannedDays: null }, 'Planned')).toEqual(['Open-ended'])
  expect(lines({}, 'Read')).toEqual(['At planned looks, at a level of 5% with 80% power'])
})

test('without a setup the exposure is open', () => {
  expect(setupFacts(null, environments).facts).toEqual([{ label: 'Exposure', lines: [] }])
})
