import { expect, test } from 'vitest'
import { admissionFacts, admittedParts } from './admission.ts'
import { experiment } from './experiment.samples.ts'

test('control comes first and in grey, whatever order the plan has', () => {
  expect(admittedParts({ control: 'off', arms: [{ variant: 'on', weight: 3 }, { variant: 'off', weight: 1 }] })).toEqual([{ label: 'off', share: 0.25, series: 0 }, { label: 'on', share: 0.75, series: 1 }])
})

test('while it runs it says the share admitted and the next step, once it has ended that nobody is', () => {
  const running = Object.fromEntries(admissionFacts(experiment({ coverage: 0.1, nextStep: { at: '2026-11-28T10:00:00Z', coverage: 0.5 } })))
  expect(running).toMatchObject({ Assigned: 'By Assay, by user', Admitted: '10% of the audience', 'Next step': expect.stringMatching(/^50% on 28 Nov 2026/) })
  expect(Object.fromEntries(admissionFacts(experiment({ status: 'stopped' })))).toEqual({ Assigned: 'By Assay, by user', Admitted: 'Nobody: everybody gets control' })
  expect(Object.fromEntries(admissionFacts(experiment({ status: 'decided' })))).toMatchObject({ Admitted: 'Nobody new: it is decided' })
})

test('of what is assigned elsewhere no share is claimed', () => {
  expect(admissionFacts(experiment({ assignment: 'external' }))).toEqual([['Assigned', 'Outside Assay, by user']])
})
