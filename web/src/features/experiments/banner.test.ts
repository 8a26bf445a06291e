import { expect, test } from 'vitest'
import { analysis, comparison, experiment, metric, verdict } from './experiment.samples.ts'
import { actionsOf, alarmingChecks, bannerOf, dayWords, headlineArm, healthChecks } from './banner.ts'

const running = (change: Parameters<typeof verdict>[0]) => bannerOf({ status: 'running', analysis: analysis({ verdict: verdict(change) }), verdict: null })
const arm = (kind: 'confirmed' | 'harmful' | 'rejected' | 'inconclusive', name = 'express') => ({ arm: name, kind, final: true, reasons: [] })

test('a confirmed verdict says ship it, with its number', () => {
  expect(running({})).toMatchObject({ tone: 'win', top: 'Enough data to decide', headline: 'The change beats control. Ship it.', arm: 'express', hidden: false })
  const several = analysis({ arms: ['control', 'a', 'b', 'c'].map((name) => ({ arm: name, n: 10, weight: 1 })), verdict: verdict({ arms: [arm('confirmed', 'a'), arm('confirmed', 'b'), arm('rejected', 'c')] }) })
  expect(bannerOf({ status: 'running', verdict: null, analysis: several }).headline).toBe('“a” and “b” beat control. Ship one.')
})

test('a harmful verdict says stop it, and what got worse', () => {
  expect(running({ kind: 'harmful', reasons: [{ code: 'primary_worse', arm: 'express' }], arms: [arm('harmful')] })).toMatchObject({ tone: 'loss', headline: 'The change is worse than control. Stop it.' })
  expect(running({ kind: 'harmful', reasons: [{ code: 'guardrail_worse', arm: 'express', metric: 'errors' }], arms: [arm('harmful')] }).headline).toBe('Payment errors got worse. Stop it.')
})

test('a rejected verdict is neutral', () => {
  expect(running({ kind: 'rejected', reasons: [{ code: 'mde_ruled_out', arm: 'express' }], arms: [arm('rejected')] })).toMatchObject({ tone: 'flat', headline: 'No effect worth having' })
})

test('an open verdict waits while it runs, and is too little once stopped', () => {
  const open = { kind: 'inconclusive', final: false, reasons: [{ code: 'running', arm: 'express' }], arms: [arm('inconclusive')] } as const
  expect(running({ ...open, reasons: [...open.reasons], arms: [...open.arms] })).toMatchObject({ tone: 'wait', top: 'Not enough data yet', headline: 'Too early to read' })
  expect(bannerOf({ status: 'stopped', verdict: null, analysis: analysis({ verdict: verdict({ ...open, reasons: [...open.reasons], arms: [...open.arms] }) }) }).headline).toBe('Too little data to tell')
})

test('a final inconclusive verdict says what stays open', () => {
  expect(running({ kind: 'inconclusive', reasons: [{ code: 'underpowered', arm: 'express' }], arms: [arm('inconclusive')] })).toMatchObject({ tone: 'flat', top: 'The planned data is in', headline: 'It could still go either way' })
  expect(running({ kind: 'inconclusive', reasons: [{ code: 'guardrail_inconclusive', arm: 'express', metric: 'errors' }], arms: [arm('inconclusive')] }).headline).toBe('Better, but Payment errors may have got worse')
})

test('an invalid verdict hides its numbers', () => {
  expect(running({ kind: 'invalid', final: false, reasons: [{ code: 'srm' }] })).toMatchObject({ tone: 'warn', top: 'Do not trust these numbers', headline: 'The groups are not balanced', hidden: true })
  expect(running({ kind: 'invalid', final: false, reasons: [{ code: 'multiple_exposure' }] }).headline).toBe('People met more than one variant')
})

test('without an analysis there is nothing to read', () => {
  expect(bannerOf({ status: 'running', analysis: null, verdict: null })).toMatchObject({ tone: 'wait', headline: 'Waiting for the first people', arm: null })
  expect(bannerOf({ status: 'stopped', analysis: null, verdict: null }).headline).toBe('There is no analysis')
})

test('the first final verdict stays on record beside what the newest analysis says', () => {
  const newest = analysis({ verdict: verdict({ kind: 'inconclusive', sentence: 'Inconclusive: by now it could be either.', reasons: [{ code: 'underpowered', arm: 'express' }], arms: [arm('inconclusive')] }) })
  const standing = { kind: 'harmful', final: true, sentence: 'Harmful: it fell.' } as const
  expect(bannerOf({ status: 'stopped', analysis: newest, verdict: standing })).toMatchObject({ tone: 'loss', headline: 'The change is worse than control. Stop it.', text: 'Harmful: it fell.', newest: 'Inconclusive: by now it could be either.' })
  expect(running({}).newest).toBeNull()
})

test('while several arms are open, the most promising one is shown', () => {
  const several = metric({ comparisons: [comparison({ arm: 'a', chanceBetter: 0.4 }), comparison({ arm: 'b', chanceBetter: 0.8 })] })
  expect(headlineArm(analysis({ metrics: [several], verdict: verdict({ kind: 'inconclusive', final: false, reasons: [{ code: 'running', arm: 'a' }, { code: 'running', arm: 'b' }] }) }))).toBe('b')
  expect(headlineArm(analysis({ metrics: [] }))).toBe('express')
})

test('what can be done depends on the state', () => {
  expect(actionsOf(experiment())).toEqual({ decide: true, stop: true, analyse: true, ready: true, resume: false, change: true, cover: true, extend: true })
  expect(actionsOf(experiment({ assignment: 'external', plannedUnits: null, plannedDays: null }))).toMatchObject({ change: true, cover: false, extend: false })
  expect(actionsOf(experiment({ status: 'stopped', analysis: null }))).toMatchObject({ decide: true, stop: false, analyse: true, ready: false, resume: true, change: false })
  expect(actionsOf(experiment({ status: 'decided' }))).toMatchObject({ decide: false, stop: false, analyse: false, ready: true, resume: false, change: false })
})

test('days are counted from the start while it runs', () => {
  const at = { startedAt: '2026-11-10T08:00:00Z', plannedDays: 21, days: analysis().days }
  expect(dayWords({ ...at, status: 'running', days: null }, new Date('2026-11-25T09:00:00Z'))).toBe('Day 16 of 21')
  expect(dayWords({ ...at, status: 'running', plannedDays: null, days: null }, new Date('2026-11-10T09:00:00Z'))).toBe('Day 1')
  expect(dayWords({ ...at, status: 'running' }, new Date('2026-11-10T09:00:00Z'))).toBe('Day 15 of 21')
  expect(dayWords({ ...at, status: 'decided' }, new Date('2027-11-25T09:00:00Z'))).toBe('14 days of data')
  expect(dayWords({ ...at, startedAt: null, status: 'draft' }, new Date())).toBeNull()
})

test('checks about a metric are told from those about the data', () => {
  expect(healthChecks(analysis()).map((check) => check.label)).toEqual(['The arms filled in the planned ratio', 'It ran for at least 7 days'])
})

test('what does not hold alarms where the verdict is about it', () => {
  const checks = [{ label: 'The planned size or duration is reached', holds: false, evidence: '' }, { label: 'Checkout completion rises', holds: false, evidence: '' }]
  const found = analysis({ verdict: verdict({ checks }) })
  expect([...alarmingChecks(found, 'loss')]).toEqual(['Checkout completion rises'])
  expect(alarmingChecks(found, 'win').size).toBe(0)
})
