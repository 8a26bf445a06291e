import { expect, test } from 'vitest'
import { analysis, experiment, verdict } from './experiment.samples.ts'
import { concernsOf, healthRows, healthSentence } from './health.ts'

const now = new Date('2026-11-24T12:01:00Z')
const states = (change: Parameters<typeof analysis>[0] = {}, at = now, status: 'running' | 'stopped' = 'running') => Object.fromEntries(healthRows(experiment({ status, analysis: analysis(change) }), at).map(({ id, state }) => [id, state]))

test('sound data have nothing against them', () => {
  const rows = healthRows(experiment({ analysis: analysis({ findings: [] }) }), now)
  expect(rows.map(({ id, state }) => [id, state])).toEqual([['split', 'ok'], ['one-variant', 'ok'], ['odd', 'ok'], ['coming', 'ok'], ['analysed', 'ok']])
  expect(healthSentence(rows)).toBe('Nothing stands against these numbers.')
})

test('what makes a verdict invalid is broken, what only warns is to be looked at', () => {
  expect(states({ verdict: verdict({ kind: 'invalid', reasons: [{ code: 'srm' }, { code: 'multiple_exposure' }] }), crossedUnits: 900 })).toMatchObject({ split: 'broken', 'one-variant': 'broken' })
  expect(states({ verdict: verdict({ warnings: [{ code: 'srm_warning' }, { code: 'crossed_units' }] }), crossedUnits: 2 })).toMatchObject({ split: 'look', 'one-variant': 'look' })
})

test('bots and oddities count where they were looked for', () => {
  const bots = { arms: [{ arm: 'control', n: 3 }, { arm: 'express', n: 40 }], p: 0.0001 }
  const findings = [{ code: 'bots_differ', evidence: 'p = 0.0001' }, { code: 'novelty_unknown', metric: 'completion', evidence: 'Two days.' }]
  expect(states({ bots, findings })).toMatchObject({ bots: 'look', odd: 'look' })
  expect(states({ bots, findings: findings.slice(1) })).toMatchObject({ bots: 'ok', odd: 'ok' })
  expect(states()).not.toHaveProperty('bots')
})

test('a running experiment that nobody enters, or that is not analysed, is to be looked at; one that ended is not', () => {
  const later = new Date('2026-11-26T12:00:00Z')
  expect(states({}, later)).toMatchObject({ coming: 'look', analysed: 'look' })
  expect(states({}, later, 'stopped')).toMatchObject({ coming: 'ok', analysed: 'ok' })
})

test('concerns are counted, and said together', () => {
  const broken = experiment({ analysis: analysis({ verdict: verdict({ kind: 'invalid', reasons: [{ code: 'srm' }], warnings: [{ code: 'crossed_units' }] }), crossedUnits: 1 }) })
  expect(concernsOf(broken, now)).toBe(2)
  expect(healthSentence(healthRows(broken, now))).toMatch(/^Do not trust these numbers yet\./)
  const odd = experiment({ analysis: analysis({ findings: [{ code: 'variance_ratio', metric: 'revenue', evidence: '4 times' }] }) })
  expect(healthSentence(healthRows(odd, now))).toBe('1 thing to look at before you believe the numbers. It does not block the verdict.')
  expect(concernsOf(experiment({ status: 'draft', analysis: null }), now)).toBe(0)
})
