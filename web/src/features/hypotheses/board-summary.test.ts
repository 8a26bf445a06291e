import { expect, test } from 'vitest'
import { boardSummary, newestByHypothesis } from './board-summary.ts'
import { running, underWay, written } from './hypothesis.samples.ts'

const ended = (days: number) => ({ ...running, status: 'stopped' as const, endedAt: new Date(new Date('2026-05-03T09:00:00.000Z').getTime() + days * 86_400_000).toISOString() })
const decision = { variant: null, note: '', learning: 'It did not help.', differsFromVerdict: false, by: 'Ada', at: '2026-05-20T09:00:00.000Z' }

test('everything is counted from the board itself', () => {
  const summary = boardSummary([written, written, underWay], [running, ended(4), { ...ended(8), status: 'decided', decision: { ...decision, choice: 'remove' } }])
  expect(summary).toEqual({ perLevel: [2, 1, 0, 0], running: 1, people: 6200, waiting: 1, shipped: 0, removed: 1, again: 0, medianDays: 6 })
})

test('a running experiment whose rule has fired waits for a decision too', () => {
  expect(boardSummary([underWay], [{ ...running, verdict: { kind: 'confirmed', final: true, sentence: '' } }])).toMatchObject({ running: 1, waiting: 1 })
})

test('an empty board claims nothing', () => {
  expect(boardSummary([], [])).toEqual({ perLevel: [0, 0, 0, 0], running: 0, people: 0, waiting: 0, shipped: 0, removed: 0, again: 0, medianDays: null })
})

test('the newest experiment speaks for its hypothesis', () => {
  expect(newestByHypothesis([{ ...running, key: 'EXP-9' }, running]).get('H-7')?.key).toBe('EXP-9')
})
