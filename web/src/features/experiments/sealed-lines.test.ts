import { expect, test } from 'vitest'
import { sampleSetup } from './experiment.samples.ts'
import { sealedLines } from './sealed-lines.ts'

test('what will be sealed is said before it is', () => {
  expect(sealedLines(sampleSetup, 'H-1')).toEqual([
    'The text of H-1, with its metrics, limits and cohort as they are now',
    'checkout.express-pay in production: control 50%, express 50%; control is control',
    '100% of the audience takes part, by user',
    'Read once, at the end, planned for 20,000 people or 14 days, at least 7 days',
  ])
  expect(sealedLines({ ...sampleSetup, coverage: 0.5, layer: { key: 'checkout', from: 20_000, to: 50_000 } }, 'H-1')[2]).toBe('50% of those in 20% to 50% of the layer checkout take part, by user')
  const adjusted = sealedLines({ ...sampleSetup, coverage: 0.1, cupedDays: 14, coverageSteps: [{ afterDays: 1, coverage: 0.4 }, { afterDays: 3, coverage: 1 }] }, 'H-1')
  expect(adjusted.slice(2, 4)).toEqual(['10% of the audience takes part, by user, 40% after 1 day, 100% after 3 days', 'Estimates are adjusted by what each person did in the 14 days before'])
  const open = sealedLines({ ...sampleSetup, assignment: 'external', mode: 'always_valid', plannedUnits: null, plannedDays: null }, 'H-1')
  expect(open[2]).toContain('Assay assigns nobody')
  expect(open[3]).toContain('open-ended')
})
