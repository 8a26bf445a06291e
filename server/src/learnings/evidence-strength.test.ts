import { expect, test } from 'vitest'
import type { Analysis, Verdict, VerdictKind } from '../contract/analysis.ts'
import { evidenceStrength } from './evidence-strength.ts'

const plan = { minimumEffect: 0.02, control: 'off' }

function verdict(kind: VerdictKind, more: Partial<Verdict> = {}): Verdict {
  return { kind, final: true, reasons: [], warnings: [], sentence: '', arms: [{ arm: 'on', kind, final: true, reasons: [] }], checks: [], ...more }
}

/** Only what the strength is read from. */
function analysed(lift: number | null, lower: number | null, upper: number | null): Analysis {
  return { metrics: [{ role: 'primary', comparisons: [{ arm: 'on', lift, liftLower: lower, liftUpper: upper }] }] } as unknown as Analysis
}

const precise = analysed(0.05, 0.035, 0.065)
const rough = analysed(0.05, 0.005, 0.095)

test.each<[string, Parameters<typeof evidenceStrength>[0]['verdict'], Analysis | null, number, string]>([
  ['a precise final answer', verdict('confirmed'), precise, 0, 'strong'],
  ['a precise final no', verdict('rejected'), analysed(0, -0.01, 0.01), 0, 'strong'],
  ['a rough final answer', verdict('confirmed'), rough, 0, 'moderate'],
  ['a precise harm', verdict('harmful'), analysed(-0.05, -0.069, -0.031), 0, 'strong'],
  ['an interval without an end', verdict('confirmed'), analysed(0.05, 0.005, null), 0, 'moderate'],
  ['a warning about the balance', verdict('confirmed', { warnings: [{ code: 'srm_warning' }] }), precise, 0, 'moderate'],
  ['a few people who met two arms', verdict('confirmed', { warnings: [{ code: 'crossed_units' }] }), precise, 0, 'strong'],
  ['a deviation from the plan', verdict('confirmed'), precise, 2, 'moderate'],
  ['a warning and a deviation', verdict('confirmed', { warnings: [{ code: 'srm_warning' }] }), rough, 1, 'weak'],
  ['an inconclusive end', verdict('inconclusive'), precise, 0, 'weak'],
  ['a verdict before the rule fired', verdict('inconclusive', { final: false }), precise, 0, 'weak'],
  ['unsound data', verdict('invalid'), precise, 0, 'none'],
  ['no estimate', verdict('inconclusive'), analysed(null, null, null), 0, 'none'],
  ['no verdict', null, precise, 0, 'none'],
  ['no analysis', verdict('confirmed'), null, 0, 'none'],
])('%s', (_case, given, analysis, deviations, strength) => {
  expect(evidenceStrength({ verdict: given, analysis, plan, deviations })).toBe(strength)
})
