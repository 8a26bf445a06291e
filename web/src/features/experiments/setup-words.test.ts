import { expect, test } from 'vitest'
import { experiment, sampleSetup } from './experiment.samples.ts'
import { setupFieldNames } from './setup-values.ts'
import { sealedLines, setupOf, setupWords } from './setup-words.ts'

test('the set-up is taken out of an experiment', () => {
  expect(setupOf(experiment())).toEqual(sampleSetup)
})

test('every field has words', () => {
  expect(setupFieldNames.map((field) => setupWords(sampleSetup, field))).toEqual(['checkout.express-pay', 'production', 'user', 'By Assay', 'control 1 : express 1', 'control', '100%', 'Once, at the end', '20,000', '14 days', '7 days', '5%', '80%'])
  expect(setupWords({ ...sampleSetup, plannedDays: null }, 'plannedDays')).toBe('not planned')
})

test('what will be sealed is said before it is', () => {
  expect(sealedLines(sampleSetup, 'H-1')).toEqual([
    'The text of H-1, with its metrics, limits and cohort as they are now',
    'checkout.express-pay in production: control 50%, express 50%; control is control',
    '100% of the audience takes part, by user',
    'Read once, at the end, planned for 20,000 people or 14 days, at least 7 days',
  ])
  const open = sealedLines({ ...sampleSetup, assignment: 'external', mode: 'always_valid', plannedUnits: null, plannedDays: null }, 'H-1')
  expect(open[2]).toContain('Assay assigns nobody')
  expect(open[3]).toContain('open-ended')
})
