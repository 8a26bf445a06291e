import type { ExperimentSetup } from '@assay/server/contract'
import { expect, test } from 'vitest'
import { extraProblems, fromExtras, proposedExtras, toExtras } from './plan-extras.ts'

const planned = { mode: 'group_sequential', assignment: 'internal' } as const
const extras = { cupedDays: 14, spending: 'quadratic', tunedUnits: 5000, steps: [{ afterDays: 2, coverage: 25 }, { afterDays: 5, coverage: 100 }] } as const

test('what a set-up says is what the form holds, and goes back the same way', () => {
  const setup = { cupedDays: 7, spending: 'quadratic', tunedUnits: 900, coverageSteps: [{ afterDays: 3, coverage: 0.125 }] } satisfies Partial<ExperimentSetup>
  expect(fromExtras(toExtras(setup as unknown as ExperimentSetup), planned)).toEqual(setup)
  expect(fromExtras(toExtras({} as ExperimentSetup), planned)).toEqual({})
  expect(fromExtras(proposedExtras, planned)).toEqual({ cupedDays: 14 })
})

test('what does not go with the mode or with who assigns is left out', () => {
  const typed = { ...extras, steps: [...extras.steps] }
  expect(fromExtras(typed, { mode: 'fixed', assignment: 'external' })).toEqual({ cupedDays: 14, tunedUnits: 5000 })
})

test.each([
  [{}, {}],
  [{ cupedDays: 0 }, { cupedDays: 'Between 1 and 90 days.' }],
  [{ tunedUnits: 1.5 }, { tunedUnits: 'At least two people.' }],
  [{ steps: [{ afterDays: '', coverage: 50 }] }, { steps: 'Say after how many whole days each step is taken.' }],
  [{ steps: [{ afterDays: 1, coverage: '' }] }, { steps: 'Say how many are admitted after each step, up to 100%.' }],
  [{ steps: [{ afterDays: 1, coverage: 10 }] }, { steps: 'Every step admits more than before it.' }],
  [{ steps: [{ afterDays: 3, coverage: 50 }, { afterDays: 3, coverage: 60 }] }, { steps: 'Every step is later than the one before it.' }],
])('%j is told as %j', (change, problems) => {
  expect(extraProblems({ ...extras, steps: [...extras.steps], ...change }, 10, 'internal')).toEqual(problems)
})

test('steps are nobody\'s business where another service assigns', () => {
  expect(extraProblems({ ...proposedExtras, steps: [{ afterDays: '', coverage: '' }] }, 10, 'external')).toEqual({})
})
