import { readFileSync, existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Analysis, ArmResult } from '../contract/analysis.ts'
import type { Plan, PlanMetric } from '../contract/experiments.ts'
import { proportionSample } from '../stats/index.ts'
import { planMetricOf, planOf } from '../testing/plans.ts'
import { informationFraction } from './information-fraction.ts'
import { readMetrics } from './read-metrics.ts'
import { readPower } from './read-power.ts'
import { readSrm } from './read-srm.ts'
import { decideVerdict } from './verdict.ts'

const metric = (key: string, role: PlanMetric['role'], fields: Partial<PlanMetric> = {}): PlanMetric => planMetricOf({ key, role, ...fields })

const share = (arm: string, x: number, n: number): ArmResult => ({ arm, ...proportionSample(x, n) })
const mean = (arm: string, n: number, value: number, variance: number): ArmResult => ({ arm, n, mean: value, variance })

interface Seen {
  arms: Record<string, ArmResult[]>
  days?: number
  units?: number[]
  crossed?: number
  earlierLooks?: number[]
}

function decide(plan: Plan, seen: Seen) {
  const first = seen.arms[plan.metrics[0]?.key ?? ''] ?? []
  const units = seen.units ?? plan.arms.map((arm) => first.find((other) => other.arm === arm.variant)?.n ?? 0)
  const days = seen.days ?? plan.plannedDays ?? 14
  const fraction = informationFraction(plan, units.reduce((sum, n) => sum + n, 0), days)
  const metrics = readMetrics({ plan, days, informationFraction: fraction, earlierLooks: seen.earlierLooks ?? [], arms: new Map(Object.entries(seen.arms)) })
  const analysis: Omit<Analysis, 'verdict'> = {
    experiment: 'EXP-1', phase: 1, at: '2026-01-15T00:00:00.000Z', engineVersion: '1.0.0', planHash: 'h', mode: plan.mode, informationFraction: fraction, days,
    firstExposureAt: null, lastExposureAt: null, control: plan.control, arms: plan.arms.map((arm, i) => ({ arm: arm.variant, n: units[i] ?? 0, weight: arm.weight })), crossedUnits: seen.crossed ?? 0,
    srm: readSrm(plan, [units]),
    metrics,
    daily: [],
    power: readPower(plan, metrics),
  }
  return { analysis, verdict: decideVerdict({ plan, analysis }) }
}

const codes = (reasons: { code: string }[]) => reasons.map((reason) => reason.code)

describe('Cookie Cats: moving the gate from level 30 to 40 raises 7-day retention', () => {
  const plan = planOf({
    arms: [{ variant: 'gate_30', weight: 1 }, { variant: 'gate_40', weight: 1 }], control: 'gate_30', plannedUnits: 90_189, plannedDays: null, minDays: 0,
    metrics: [metric('retention_7', 'primary', { name: '7-day retention' }), metric('retention_1', 'guardrail', { margin: 0.02 }), metric('game_rounds', 'secondary', { type: 'mean', unitLabel: 'rounds' })],
  })
  const { analysis, verdict } = decide(plan, {
    arms: {
      retention_7: [share('gate_30', 8502, 44_700), share('gate_40', 8279, 45_489)],
      retention_1: [share('gate_30', 20_034, 44_700), share('gate_40', 20_119, 45_489)],
      game_rounds: [mean('gate_30', 44_700, 52.45626398210291, 65903.32189749402), mean('gate_40', 45_489, 51.29877552814966, 10674.96)],
    },
  })

  it('is harmful, with a split that warns and does not block', () => {
    expect(verdict).toMatchObject({ kind: 'harmful', final: true, reasons: [{ code: 'primary_worse', arm: 'gate_40' }], warnings: [{ code: 'srm_warning' }] })
    expect(analysis.srm.p).toBeCloseTo(0.008607987810836262, 12)
  })

  it('says so in percentage points, as a relative change and with intervals', () => {
    expect(verdict.sentence).toBe(
      'Harmful: gate_40 made 7-day retention worse: it went from 19.02% to 18.2%, −0.82 percentage points (95% interval −1.33 to −0.31), a relative change of −4.31% (−6.89% to −1.66%).',
    )
    expect(verdict.checks.find((check) => check.label.startsWith('The arms filled'))).toMatchObject({ holds: true, evidence: expect.stringContaining('p = 0.0086') })
  })

  it('gives Welch and Fieller unadjusted, and reads guardrail and secondary metrics', () => {
    expect(analysis.metrics[0]?.comparisons[0]).toMatchObject({ status: 'ok', flags: [] })
    expect(analysis.metrics[0]?.comparisons[0]?.decidedBy).toBeUndefined()
    expect(analysis.metrics[0]?.comparisons[0]?.p).toBeCloseTo(0.0015565301810066489, 12)
    expect(analysis.metrics.map((result) => result.readings[0]?.reading)).toEqual(['worse', 'unclear', 'unclear'])
  })
})

it('decides by Newcombe where conversions are few, beside the Welch interval', () => {
  const plan = planOf({ arms: [{ variant: 'psa', weight: 4 }, { variant: 'ad', weight: 96 }], control: 'psa', plannedUnits: 11_762, plannedDays: null, minDays: 0, minimumEffect: 0.1, metrics: [metric('converted', 'primary')] })
  const { analysis, verdict } = decide(plan, { arms: { converted: [share('psa', 5, 464), share('ad', 293, 11_298)] } })
  const comparison = analysis.metrics[0]?.comparisons[0]
  expect(comparison?.flags).toContain('sparse')
  expect(comparison?.p).toBeCloseTo(0.002678282006549581, 12)
  expect(comparison?.decidedBy?.method).toBe('score_newcombe')
  expect(comparison?.decidedBy?.p).toBeCloseTo(0.04170973748722945, 12)
  expect(comparison?.decidedBy?.ciLower).toBeCloseTo(0.0006909974965079203, 12)
  expect(comparison?.decidedBy?.ciUpper).toBeCloseTo(0.022056132018649185, 12)
  expect(verdict).toMatchObject({ kind: 'confirmed', final: true })
  expect(codes(verdict.reasons)).toEqual(['primary_improved'])
})

it('uses the exact test below ten conversions and names it', () => {
  const plan = planOf({ metrics: [metric('bought', 'primary')] })
  const { analysis } = decide(plan, { arms: { bought: [share('control', 0, 15), share('treatment', 4, 15)] } })
  expect(analysis.metrics[0]?.comparisons[0]?.decidedBy).toMatchObject({ method: 'fisher_newcombe', liftLower: null })
  expect(analysis.metrics[0]?.comparisons[0]?.decidedBy?.p).toBeCloseTo(0.09961685823754791, 12)
})

describe('health comes first', () => {
  const plan = planOf({ metrics: [metric('bought', 'primary')] })

  it('an uneven split invalidates at the end even where the primary metric is worse', () => {
    const { verdict } = decide(plan, { arms: { bought: [share('control', 2000, 10_000), share('treatment', 1500, 10_700)] } })
    expect(verdict).toMatchObject({ kind: 'invalid', final: false, reasons: [{ code: 'srm' }] })
    expect(verdict.sentence).toMatch(/^Invalid: the arms did not fill in the planned ratio of 50% : 50% \(10,000 in control and 10,700 in treatment;/)
  })

  it('more than 1 % in two arms invalidate, a few do not', () => {
    const arms = { bought: [share('control', 2000, 10_000), share('treatment', 2300, 10_000)] }
    expect(decide(plan, { arms, crossed: 300 }).verdict).toMatchObject({ kind: 'invalid', reasons: [{ code: 'multiple_exposure' }] })
    expect(decide(plan, { arms, crossed: 30 }).verdict).toMatchObject({ kind: 'confirmed', warnings: [{ code: 'crossed_units' }] })
  })

  it('uses the sealed weights as ratios', () => {
    const third = planOf({ arms: [{ variant: 'control', weight: 2 }, { variant: 'treatment', weight: 1 }], metrics: [metric('bought', 'primary')] })
    expect(decide(third, { arms: { bought: [share('control', 4000, 20_000), share('treatment', 2000, 10_000)] } }).analysis.srm).toMatchObject({ chi2: 0, p: 1, df: 1 })
  })
})

it('a fixed plan is read once: before its end it only runs', () => {
  const plan = planOf({ metrics: [metric('bought', 'primary')] })
  const arms = { bought: [share('control', 2000, 10_000), share('treatment', 1500, 10_000)] }
  expect(decide(plan, { arms, days: 8 }).verdict).toMatchObject({ kind: 'inconclusive', final: false, reasons: [{ code: 'running' }] })
  expect(decide(plan, { arms, days: 14 }).verdict).toMatchObject({ kind: 'harmful', final: true })
})

it('a decrease is an improvement where the hypothesis asks for one', () => {
  const plan = planOf({ metrics: [metric('seconds', 'primary', { type: 'mean', direction: 'decrease', unitLabel: 's' })], minimumEffect: 0.05 })
  const { analysis, verdict } = decide(plan, { arms: { seconds: [mean('control', 5000, 10, 9), mean('treatment', 5000, 9, 9)] } })
  expect(verdict).toMatchObject({ kind: 'confirmed' })
  expect(codes(verdict.reasons)).toEqual(['primary_improved', 'at_least_mde'])
  expect(analysis.metrics[0]?.comparisons[0]?.chanceBetter).toBeGreaterThan(0.999)
  expect(verdict.sentence).toContain('at least the −5% that was hoped for')
})

describe('guardrails', () => {
  const guarded = (margin: number | null, mode: Plan['mode'] = 'fixed') =>
    planOf({ mode, plannedUnits: 20_000, metrics: [metric('bought', 'primary'), metric('refund', 'guardrail', { direction: 'decrease', margin })] })
  const better = [share('control', 2000, 10_000), share('treatment', 2300, 10_000)]

  it('proven harm beats an improvement, in every mode', () => {
    for (const mode of ['fixed', 'group_sequential', 'always_valid'] as const) {
      const { verdict } = decide(guarded(0.1, mode), { arms: { bought: better, refund: [share('control', 500, 10_000), share('treatment', 900, 10_000)] }, days: 10 })
      expect(verdict).toMatchObject({ kind: 'harmful', final: true, reasons: [{ code: 'guardrail_worse', metric: 'refund', arm: 'treatment' }] })
      expect(verdict.sentence).toContain('made refund worse')
    }
  })

  it('without proof of staying inside the margin nothing is confirmed', () => {
    const { verdict } = decide(guarded(0.01), { arms: { bought: better, refund: [share('control', 500, 10_000), share('treatment', 510, 10_000)] } })
    expect(verdict).toMatchObject({ kind: 'inconclusive', final: true, reasons: [{ code: 'guardrail_inconclusive', metric: 'refund' }] })
  })

  it('inside its margin, and without a margin when harm is not proven, it lets through', () => {
    const refund = [share('control', 500, 10_000), share('treatment', 510, 10_000)]
    expect(decide(guarded(0.2), { arms: { bought: better, refund } }).verdict).toMatchObject({ kind: 'confirmed' })
    expect(decide(guarded(null), { arms: { bought: better, refund } }).verdict).toMatchObject({ kind: 'confirmed' })
  })

  it('several guardrails share the chance of a false alarm', () => {
    const refund = [share('control', 500, 10_000), share('treatment', 602, 10_000)]
    const others = ['calls', 'returns'].map((key) => metric(key, 'guardrail', { direction: 'decrease' }))
    const calm = [share('control', 500, 10_000), share('treatment', 500, 10_000)]
    const one = guarded(null)
    const three = { ...one, metrics: [...one.metrics, ...others] }
    expect(decide(one, { arms: { bought: better, refund } }).analysis.metrics[1]?.readings[0]?.reading).toBe('worse')
    expect(decide(three, { arms: { bought: better, refund, calls: calm, returns: calm } }).analysis.metrics[1]?.readings[0]?.reading).toBe('worse_within_limit')
  })

  it('a guardrail that never happened in either arm holds; one without data does not', () => {
    const none = decide(guarded(0.1), { arms: { bought: better, refund: [share('control', 0, 10_000), share('treatment', 0, 10_000)] } })
    expect(none.analysis.metrics[1]?.readings).toEqual([{ arm: 'treatment', reading: 'holds' }])
    expect(none.verdict.kind).toBe('confirmed')
    expect(decide(guarded(null), { arms: { bought: better } }).verdict).toMatchObject({ kind: 'inconclusive', reasons: [{ code: 'guardrail_inconclusive' }] })
  })
})

describe('several treatments', () => {
  const plan = planOf({ arms: ['control', 'b', 'c'].map((variant) => ({ variant, weight: 1 })), metrics: [metric('bought', 'primary')] })

  it('one confirmed arm confirms, and a harmful arm beside it is a warning', () => {
    const { verdict } = decide(plan, { arms: { bought: [share('control', 2000, 10_000), share('b', 2300, 10_000), share('c', 1700, 10_000)] } })
    expect(verdict.kind).toBe('confirmed')
    expect(verdict.arms.map((arm) => arm.kind)).toEqual(['confirmed', 'harmful'])
    expect(verdict.warnings).toContainEqual({ code: 'arm_harmful', arm: 'c' })
    expect(verdict.sentence).toContain('(c: harmful)')
  })

  it('pays for asking twice: Holm keeps the second question at alpha only once the first is answered', () => {
    const borderline = share('c', 2113, 10_000)
    const alone = decide(plan, { arms: { bought: [share('control', 2000, 10_000), share('b', 2010, 10_000), borderline] } })
    const helped = decide(plan, { arms: { bought: [share('control', 2000, 10_000), share('b', 2400, 10_000), borderline] } })
    const p = alone.analysis.metrics[0]?.comparisons[1]?.p ?? 1
    expect(p).toBeGreaterThan(0.025)
    expect(p).toBeLessThan(0.05)
    expect(alone.analysis.metrics[0]?.readings[1]?.reading).toBe('unclear')
    expect(helped.analysis.metrics[0]?.readings[1]?.reading).toBe('better')
  })

  it('all must be rejected for a rejection', () => {
    const flat = (arm: string) => share(arm, 200_000, 1_000_000)
    expect(decide(plan, { arms: { bought: [flat('control'), flat('b'), flat('c')] } }).verdict).toMatchObject({ kind: 'rejected', final: true })
  })
})

it('sequential modes widen the interval and may stop early', () => {
  const arms = { bought: [share('control', 2000, 10_000), share('treatment', 2130, 10_000)] }
  const fields = { plannedUnits: 40_000, metrics: [metric('bought', 'primary')] }
  const group = decide(planOf({ ...fields, mode: 'group_sequential' }), { arms, days: 8, earlierLooks: [0.25] })
  const always = decide(planOf({ ...fields, mode: 'always_valid' }), { arms, days: 8 })
  for (const { analysis, verdict } of [group, always]) {
    const comparison = analysis.metrics[0]?.comparisons[0]
    expect(comparison?.ciLower).toBeGreaterThan(0)
    expect(comparison?.decidedBy?.ciLower).toBeLessThan(0)
    expect(verdict).toMatchObject({ kind: 'inconclusive', final: false, reasons: [{ code: 'running' }] })
  }
  const strong = { bought: [share('control', 2000, 10_000), share('treatment', 2600, 10_000)] }
  expect(decide(planOf({ ...fields, mode: 'group_sequential' }), { arms: strong, days: 8 }).verdict).toMatchObject({ kind: 'confirmed', final: true })
  expect(decide(planOf({ ...fields, mode: 'group_sequential' }), { arms: strong, days: 3 }).verdict).toMatchObject({ reasons: [{ code: 'min_duration' }] })
})

it('a look at the planned calendar end spends the alpha that is left', () => {
  const plan = planOf({ mode: 'group_sequential', plannedUnits: 40_000, metrics: [metric('bought', 'primary')] })
  const { analysis } = decide(plan, { arms: { bought: [share('control', 2000, 10_000), share('treatment', 2130, 10_000)] }, days: 14, earlierLooks: [0.35, 0.45] })
  const comparison = analysis.metrics[0]?.comparisons[0]
  const multiplier = ((comparison?.decidedBy?.ciUpper ?? 0) - (comparison?.diff ?? 0)) / (comparison?.se ?? 1)
  expect(multiplier).toBeGreaterThan(1.96)
  expect(multiplier).toBeLessThan(2)
})

it('has no verdict and no number where nothing can be compared', () => {
  const plan = planOf({ metrics: [metric('bought', 'primary'), metric('spent', 'secondary', { type: 'mean' })] })
  const empty = decide(plan, { arms: {} })
  expect(empty.verdict).toMatchObject({ kind: 'inconclusive', final: false, reasons: [{ code: 'no_estimate' }] })
  expect(empty.analysis.metrics[0]?.comparisons[0]).toMatchObject({ status: 'no_units', diff: null, p: null, lift: null })
  expect(empty.analysis.metrics[1]?.readings[0]?.reading).toBe('no_answer')
  expect(empty.verdict.sentence).toBe('Inconclusive: bought cannot be compared yet (an arm has no people yet).')
})

const cookieCats = fileURLToPath(new URL('../../../../shared/data/cookie_cats/results.json', import.meta.url))
it.skipIf(!existsSync(cookieCats))('agrees with the independent analysis of Cookie Cats in every number (skipped where ../shared is absent)', () => {
  const reference = JSON.parse(readFileSync(cookieCats, 'utf8')) as { analyses: { metric: string; arms: Record<string, { n: number; successes?: number; mean: number; variance?: number }>; test: { welch?: Record<string, number | number[]> } & Record<string, number | number[]> }[] }
  const arms = Object.fromEntries(
    reference.analyses.filter((analysis) => Object.values(analysis.arms).every((arm) => arm.variance !== undefined || arm.successes !== undefined)).map((analysis) => [
      analysis.metric,
      Object.entries(analysis.arms).map(([arm, { n, successes, mean: value, variance }]) => (successes === undefined ? mean(arm, n, value, variance ?? NaN) : share(arm, successes, n))),
    ]),
  )
  const plan = planOf({
    arms: [{ variant: 'gate_30', weight: 1 }, { variant: 'gate_40', weight: 1 }], control: 'gate_30',
    metrics: Object.keys(arms).map((key, i) => metric(key, i === 0 ? 'primary' : 'secondary', { type: key.startsWith('retention') ? 'conversion' : 'mean' })),
  })
  const results = readMetrics({ plan, days: 14, informationFraction: 1, earlierLooks: [], arms: new Map(Object.entries(arms)) })
  expect(results.length).toBeGreaterThan(2)
  for (const result of results) {
    const test = reference.analyses.find((analysis) => analysis.metric === result.key)?.test
    const { liftFieller, ...welch } = (test?.welch ?? test ?? {}) as Record<string, number> & { liftFieller: number[] }
    const comparison = result.comparisons[0] as unknown as Record<string, number>
    for (const key of ['diff', 'se', 't', 'df', 'p', 'ciLower', 'ciUpper', 'lift']) expect(Math.abs((comparison[key] ?? NaN) / (welch[key] ?? NaN) - 1), `${result.key} ${key}`).toBeLessThan(1e-8)
    expect(Math.abs((comparison.liftLower ?? NaN) / (liftFieller[0] ?? NaN) - 1)).toBeLessThan(1e-8)
    expect(Math.abs((comparison.liftUpper ?? NaN) / (liftFieller[1] ?? NaN) - 1)).toBeLessThan(1e-8)
  }
})

it('says of an inconclusive result what is ruled out, and how many more people it would take', () => {
  const plan = planOf({ minimumEffect: 0.05, metrics: [metric('spent', 'primary', { type: 'mean', unitLabel: 'EUR' })] })
  const { verdict } = decide(plan, { arms: { spent: [mean('control', 1000, 10, 50), mean('treatment', 1000, 10.4, 50)] } })
  // (2.801586 * 0.0316228 / 0.05)^2 - 1 of 2,000 people.
  expect(verdict).toMatchObject({ kind: 'inconclusive', final: true, reasons: [{ code: 'underpowered', arm: 'treatment', units: 4280 }] })
  expect(verdict.sentence).toBe(
    'Inconclusive: the data fit no effect of treatment on spent as well as the +5% that was hoped for: it went from 10 EUR to 10.4 EUR, +0.4 EUR (95% interval −0.22 to +1.02), a relative change of +4% (−2.14% to +10.54%); a relative change below −2.14% or above +10.54% is ruled out, and about 4,300 more people would be needed to tell.',
  )
})
