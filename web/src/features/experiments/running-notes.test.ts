import { expect, test } from 'vitest'
import { experiment } from './experiment.samples.ts'
import { armsNotes, armsProblem, extendNotes, resumeNotes, shareNotes, shareProblem, shareRises } from './running-notes.ts'

const running = experiment({ coverage: 0.3, nextStep: { at: '2026-11-20T08:00:00Z', coverage: 1 } })

test('a larger share keeps everybody, a smaller one keeps them in the analysis', () => {
  expect(shareNotes(running, 0.6)[0]).toBe('Whoever is in it keeps their variant; the others come in by the same weights.')
  expect(shareNotes(running, 0.1)[0]).toContain('All 20,000 people who met it so far stay in the analysis')
  expect(shareNotes(running, null)).toEqual([expect.stringContaining('The planned step to 100%')])
  expect(shareNotes({ ...running, nextStep: null }, 0.6)).toHaveLength(2)
})

test('the experiment is named where more people meet it than ever before', () => {
  expect([0.2, 0.6, 1].map((share) => shareRises({ ...running, plan: null }, share))).toEqual([false, true, true])
  // The plan has admitted everybody before.
  expect(shareRises(running, 1)).toBe(false)
})

test.each([[null, 'Between 0% and 100%.'], [0, 'Between 0% and 100%.'], [1.2, 'Between 0% and 100%.'], [0.3, 'It admits 30% now.'], [0.5, null]])('a share of %s: %s', (share, problem) => {
  expect(shareProblem(running, share)).toBe(problem)
})

test('arms need control, something to compare, and weights', () => {
  const arm = (variant: string, weight: number | '' = 1, takesPart = true) => ({ variant, weight, takesPart })
  expect(armsProblem(running, [arm('control', 1, false), arm('express'), arm('more')])).toContain('control is control')
  expect(armsProblem(running, [arm('control')])).toBe('Choose what is compared with control.')
  expect(armsProblem(running, [arm('control'), arm('express', 0)])).toBe('Give every variant a weight above zero.')
  expect(armsProblem(running, [arm('control'), arm('express', 3)])).toBeNull()
})

test('what a change does to the answer is said', () => {
  expect(armsNotes(running)[1]).toBe('Phase 1 ends with 20,000 people. Its numbers stay on this page, and count no more for the verdict.')
  expect(armsNotes({ ...running, assignment: 'external' })[0]).toContain('has to send the new phase')
  expect(extendNotes({ mode: 'fixed' })[0]).toContain('always-valid rule')
  expect(extendNotes({ mode: 'always_valid' })).toHaveLength(1)
  expect(resumeNotes(running)[0]).toContain('returns to the variant they had')
  expect(resumeNotes({ ...running, assignment: 'external' })).toHaveLength(1)
})
