import { describe, expect, it } from 'vitest'
import { decideArm } from '../analysis/arm-verdict.ts'
import {
  adjustPValues, alwaysValidMultiplier, answerOrNull, cuped, fiellerLift, groupSequentialBoundaries, meanEstimate, momentsOf, newcombeInterval, normalSurvival, normalUpperQuantile, peekingFalsePositiveRate, proportionSample,
  quantileEstimate, ratioEstimate, ratioFromValues, requireAnswer, sampleVariance, sequentialSrm, srmTest, tuneRhoSquared, welchTest, type Sample,
} from './index.ts'
import { seededRandom, type SeededRandom } from './seeded-random.ts'

// Every rate is judged by its Monte Carlo standard error: two-sided targets within 3.5 of it, caps not above by more than that.
const error = (rate: number, sims: number) => 3.5 * Math.sqrt((rate * (1 - rate)) / sims)
const expectRate = (hits: number, sims: number, target: number, slack = 0) => expect(Math.abs(hits / sims - target), `${hits} of ${sims} against ${target}`).toBeLessThan(error(target, sims) + slack)
const expectAtMost = (hits: number, sims: number, cap: number) => expect(hits / sims, `${hits} of ${sims}, at most ${cap}`).toBeLessThan(cap + error(cap, sims))

const draw = (n: number, one: () => number) => Float64Array.from({ length: n }, one)
function sample(values: Float64Array): Sample {
  const moments = momentsOf(values)
  return { n: moments.n, mean: moments.mean, variance: sampleVariance(moments) }
}

/** z after each of `looks` equal steps of a Brownian motion that drifts by `drift` at the end. */
function path(random: SeededRandom, looks: number, drift = 0): number[] {
  let sum = 0
  return Array.from({ length: looks }, (_, k) => {
    sum += random.normal() / Math.sqrt(looks) + drift / looks
    return sum / Math.sqrt((k + 1) / looks)
  })
}

describe('under the null', () => {
  it('Welch rejects in 5 % of A/A tests, on means and on proportions', () => {
    const random = seededRandom(1)
    const sims = 6000
    let means = 0
    let shares = 0
    for (let i = 0; i < sims; i++) {
      const a = sample(draw(40, random.normal))
      const b = sample(draw(25, () => 2 * random.normal()))
      if ((answerOrNull(welchTest(a, b))?.p ?? 1) < 0.05) means++
      if ((answerOrNull(welchTest(proportionSample(random.binomial(4000, 0.1), 4000), proportionSample(random.binomial(4000, 0.1), 4000)))?.p ?? 1) < 0.05) shares++
    }
    expectRate(means, sims, 0.05)
    expectRate(shares, sims, 0.05)
  })

  it('always-valid intervals stay below 5 % over 100 looks; group-sequential boundaries use their 5 %; a fixed test that is peeked at does not', () => {
    const random = seededRandom(2)
    const sims = 6000
    const perLook = 100
    const rho = tuneRhoSquared(0.05, 100 * perLook)
    const always = Array.from({ length: 100 }, (_, k) => alwaysValidMultiplier((k + 1) * perLook, rho, 0.05))
    const group = groupSequentialBoundaries(Array.from({ length: 14 }, (_, k) => (k + 1) / 14)).z
    const fixed = normalUpperQuantile(0.025)
    const hits = { always: 0, group: 0, naive: 0 }
    for (let i = 0; i < sims; i++) {
      if (path(random, 100).some((z, k) => Math.abs(z) > (always[k] as number))) hits.always++
      const zs = path(random, 14)
      if (zs.some((z, k) => Math.abs(z) > (group[k] as number))) hits.group++
      if (zs.some((z) => Math.abs(z) > fixed)) hits.naive++
    }
    expectAtMost(hits.always, sims, 0.05)
    expect(hits.always).toBeGreaterThan(0)
    expectRate(hits.group, sims, 0.05)
    expectRate(hits.naive, sims, peekingFalsePositiveRate(14, fixed))
    expect(hits.naive / sims).toBeGreaterThan(0.2)
  })

  it('the ratio of arms alarms at its level, sequentially even when checked daily', () => {
    const random = seededRandom(3)
    const sims = 3000
    let once = 0
    let daily = 0
    for (let i = 0; i < sims; i++) {
      const counts = [0, 0]
      const looks = Array.from({ length: 28 }, () => {
        const a = random.binomial(5000, 0.5)
        counts[0] = (counts[0] as number) + a
        counts[1] = (counts[1] as number) + 5000 - a
        return [...counts]
      })
      if ((srmTest(looks.at(-1) ?? [], [1, 1]).p ?? 1) < 0.01) once++
      if ((requireAnswer(sequentialSrm(looks, [1, 1])).at(-1)?.p ?? 1) < 0.01) daily++
    }
    expectRate(once, sims, 0.01)
    expectAtMost(daily, sims, 0.01)
  })

  it('Holm holds the chance of any false positive over 20 correlated metrics', () => {
    const random = seededRandom(4)
    const sims = 2000
    let raw = 0
    let holm = 0
    for (let i = 0; i < sims; i++) {
      const shared = random.normal()
      const p = Array.from({ length: 20 }, () => 2 * normalSurvival(Math.abs(Math.SQRT1_2 * shared + Math.SQRT1_2 * random.normal())))
      if (p.some((value) => value < 0.05)) raw++
      if (adjustPValues(p, 'holm').some((value) => value !== null && value < 0.05)) holm++
    }
    expect(raw / sims).toBeGreaterThan(0.3)
    expectAtMost(holm, sims, 0.05)
  })
})

describe('coverage of 95 % intervals', () => {
  it('Welch on normal, skewed and mostly-zero values', () => {
    const random = seededRandom(5)
    const cases: [string, number, () => number, number, number][] = [
      ['normal, 20 per arm', 20, random.normal, 0, 0],
      ['lognormal, 100 per arm', 100, () => Math.exp(random.normal()), 0, 0.015],
      ['nine of ten zero, 200 per arm', 200, () => (random.uniform() < 0.1 ? Math.exp(random.normal()) : 0), 0, 0.015],
    ]
    for (const [name, n, one, truth, slack] of cases) {
      const sims = 3000
      let covered = 0
      for (let i = 0; i < sims; i++) {
        const test = answerOrNull(welchTest(sample(draw(n, one)), sample(draw(n, one))))
        if (test && test.ciLower <= truth && truth <= test.ciUpper) covered++
      }
      expect(Math.abs(covered / sims - 0.95), name).toBeLessThan(error(0.95, sims) + slack)
    }
  })

  it('Fieller on the lift covers, and excludes 0 exactly when Welch rejects', () => {
    const random = seededRandom(6)
    const sims = 8000
    let covered = 0
    for (let i = 0; i < sims; i++) {
      const a = proportionSample(random.binomial(10_000, 0.02), 10_000)
      const b = proportionSample(random.binomial(10_000, 0.022), 10_000)
      const test = answerOrNull(welchTest(a, b))
      const lift = test && answerOrNull(fiellerLift(meanEstimate(a), meanEstimate(b), test.critical))
      if (!test || lift?.ciLower == null || lift.ciUpper === null) continue
      if (lift.ciLower <= 0.1 && 0.1 <= lift.ciUpper) covered++
      expect(lift.ciLower > 0 || lift.ciUpper < 0).toBe(test.p < 0.05)
    }
    expectRate(covered, sims, 0.95, 0.005)
  })

  it('Newcombe on a handful of conversions, where Welch rejects too often', () => {
    const random = seededRandom(7)
    const sims = 6000
    let covered = 0
    let rejected = 0
    for (let i = 0; i < sims; i++) {
      const [xA, xB] = [random.binomial(464, 0.025), random.binomial(11_298, 0.025)]
      const interval = requireAnswer(newcombeInterval({ x: xA, n: 464 }, { x: xB, n: 11_298 }, normalUpperQuantile(0.025)))
      if (interval.lower <= 0 && 0 <= interval.upper) covered++
      if ((answerOrNull(welchTest(proportionSample(xA, 464), proportionSample(xB, 11_298)))?.p ?? 1) < 0.05) rejected++
    }
    expectRate(covered, sims, 0.95, 0.005)
    expect(rejected / sims).toBeGreaterThan(0.055)
  })

  it('ratios of sums, quantiles and CUPED', () => {
    const random = seededRandom(8)
    const sims = 1500
    const hits = { ratio: 0, quantile: 0, cuped: 0 }
    let reduction = 0
    for (let i = 0; i < sims; i++) {
      const den = Array.from({ length: 300 }, () => 1 + random.binomial(20, 0.2))
      const ratio = answerOrNull(ratioFromValues(den.map((d) => random.binomial(d, 0.3)), den))
      const estimate = ratio && ratioEstimate(ratio)
      if (estimate && Math.abs(estimate.m - 0.3) <= 1.96 * Math.sqrt(estimate.v)) hits.ratio++
      const q = requireAnswer(quantileEstimate(Array.from({ length: 500 }, () => Math.exp(random.normal())), 0.9))
      const truth = Math.exp(1.2815515655446004)
      if (q.lower !== null && q.upper !== null && q.lower <= truth && truth <= q.upper) hits.quantile++
      const arm = (effect: number) => {
        const x = Array.from({ length: 100 }, random.normal)
        return { x: [x], y: x.map((value) => 0.8 * value + 0.6 * random.normal() + effect) }
      }
      const adjusted = answerOrNull(cuped(arm(0), arm(0.3)))
      if (adjusted?.test && adjusted.test.ciLower <= 0.3 && 0.3 <= adjusted.test.ciUpper) hits.cuped++
      reduction += adjusted?.varianceReduction ?? 0
    }
    expectRate(hits.ratio, sims, 0.95, 0.008)
    expectRate(hits.quantile, sims, 0.965, 0.01)
    expectRate(hits.cuped, sims, 0.95, 0.005)
    expect(reduction / sims).toBeCloseTo(0.64, 1)
  })
})

it('finds what is there: a 51/49 split within days, the minimum effect with the planned power', () => {
  const random = seededRandom(9)
  let found = 0
  for (let i = 0; i < 200; i++) {
    const counts = [0, 0]
    const looks = Array.from({ length: 28 }, () => {
      const a = random.binomial(5000, 0.51)
      counts[0] = (counts[0] as number) + a
      counts[1] = (counts[1] as number) + 5000 - a
      return [...counts]
    })
    if ((requireAnswer(sequentialSrm(looks, [1, 1])).at(-1)?.p ?? 1) < 0.001) found++
  }
  expect(found).toBe(200)
})

it('verdicts of a 14-look group-sequential plan: how often each, at no effect and at the minimum effect', () => {
  const random = seededRandom(10)
  const sims = 5000
  const c = normalUpperQuantile(0.025)
  // Planned for 80 % power of a fixed test, times the inflation for 14 looks; effects in units of the final standard error.
  const mde = (c + normalUpperQuantile(0.2)) * Math.sqrt(1.0424)
  const bounds = groupSequentialBoundaries(Array.from({ length: 14 }, (_, k) => (k + 1) / 14)).z
  const outcome = (truth: number) => {
    const counts = { confirmed: 0, rejected: 0, inconclusive: 0, harmful: 0, invalid: 0 }
    for (let i = 0; i < sims; i++) {
      const zs = path(random, 14, truth * mde)
      for (let k = 0; k < 14; k++) {
        const t = (k + 1) / 14
        const [z, bound] = [zs[k] as number, bounds[k] as number]
        const primary = { lower: (z - bound) / Math.sqrt(t), upper: (z + bound) / Math.sqrt(t) }
        const verdict = decideArm({ srmP: 1, sequentialSrmP: 1, multipleExposure: false, days: k + 1, minDays: 0, plannedDays: 14, informationFraction: t, mode: 'group_sequential', minimumEffect: mde, primary, guardrails: [] })
        if (!verdict.final) continue
        counts[verdict.kind]++
        break
      }
    }
    return counts
  }
  const none = outcome(0)
  expectRate(none.confirmed, sims, 0.026, 0.004)
  expect(none.rejected / sims).toBeGreaterThan(0.75)
  const there = outcome(1)
  expectRate(there.confirmed, sims, 0.795, 0.01)
  expect(there.harmful).toBe(0)
})
