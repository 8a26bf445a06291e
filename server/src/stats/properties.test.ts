import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  adjustPValues, alwaysValidMultiplier, alwaysValidP, boundariesForAlphas, chiSquareSurvival, chiSquareUpperQuantile, crossingProbabilities, durationDays, estimateStatus, fiellerLift, fisherExact,
  groupSequentialBoundaries, meanEstimate, mergeMoments, momentsOf, newcombeInterval, newcombeLift, nonInferiority, normalPosterior, normalQuantile, normalSurvival, normalUpperQuantile,
  probabilityBest, proportionSample, quantileEstimate, requireAnswer, sampleSizeRelative, sampleVariance, spentAlpha, srmTest, tSurvival, tUpperQuantile, tuneRhoSquared, welchTest, wilsonInterval,
} from './index.ts'

const close = (a: number, b: number, rel = 1e-9) => expect(Math.abs(a - b), `${a} and ${b}`).toBeLessThanOrEqual(rel * Math.max(Math.abs(a), Math.abs(b), 1e-12))
const size = fc.integer({ min: 2, max: 100_000 })
const positive = fc.double({ min: 1e-3, max: 1e3, noNaN: true })
const arm = fc.record({ n: size, mean: fc.double({ min: -1e3, max: 1e3, noNaN: true }), variance: positive })
const positiveArm = fc.record({ n: fc.integer({ min: 30, max: 100_000 }), mean: fc.double({ min: 1, max: 1e3, noNaN: true }), variance: positive })
const counts = fc.integer({ min: 1, max: 5000 }).chain((n) => fc.record({ n: fc.constant(n), x: fc.integer({ min: 0, max: n }) }))
const level = fc.double({ min: 1e-4, max: 0.3, noNaN: true })

it('quantiles invert tails', () => {
  fc.assert(fc.property(fc.double({ min: 1e-12, max: 0.5, noNaN: true }), fc.double({ min: 1, max: 1e5, noNaN: true }), (p, df) => {
    close(normalSurvival(normalUpperQuantile(p)), p)
    close(normalQuantile(p), -normalUpperQuantile(p))
    close(tSurvival(tUpperQuantile(p, df), df), p, 1e-7)
    close(chiSquareSurvival(chiSquareUpperQuantile(p, df), df), p, 1e-7)
  }))
})

it('Welch: swapping the arms mirrors the interval and keeps p', () => {
  fc.assert(fc.property(arm, arm, level, (a, b, alpha) => {
    const [forth, back] = [requireAnswer(welchTest(a, b, alpha)), requireAnswer(welchTest(b, a, alpha))]
    expect(back.p).toBe(forth.p)
    close(back.ciLower, -forth.ciUpper)
    close(forth.pGreater + forth.pLess, 1)
  }))
})

it('Welch: a change of unit changes nothing but the unit', () => {
  fc.assert(fc.property(positiveArm, positiveArm, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (a, b, k) => {
    const scale = (one: typeof a) => ({ n: one.n, mean: one.mean * k, variance: one.variance * k * k })
    const [plain, scaled] = [requireAnswer(welchTest(a, b)), requireAnswer(welchTest(scale(a), scale(b)))]
    close(scaled.df, plain.df, 1e-9)
    expect(Math.abs(scaled.t - plain.t)).toBeLessThan(1e-7 * (1 + Math.abs(plain.t)))
    expect(Math.abs(scaled.ciLower / k - plain.ciLower)).toBeLessThan(1e-7 * (1 + Math.abs(plain.ciLower)))
  }))
})

it('interval and p agree: 0 is outside exactly when p is below the level, for the difference and for the lift', () => {
  fc.assert(fc.property(positiveArm, positiveArm, level, (a, b, alpha) => {
    const test = requireAnswer(welchTest(a, b, alpha))
    fc.pre(Math.abs(test.p - alpha) > 1e-9)
    expect(test.ciLower > 0 || test.ciUpper < 0).toBe(test.p < alpha)
    const lift = requireAnswer(fiellerLift(meanEstimate(a), meanEstimate(b), test.critical))
    if (lift.bounded && lift.ciLower !== null && lift.ciUpper !== null) {
      expect(lift.ciLower > 0 || lift.ciUpper < 0).toBe(test.p < alpha)
      expect(lift.lift).toBeGreaterThanOrEqual(lift.ciLower)
      expect(lift.lift).toBeLessThanOrEqual(lift.ciUpper)
    }
  }))
})

it('a lower level widens the interval', () => {
  fc.assert(fc.property(positiveArm, positiveArm, level, (a, b, alpha) => {
    const [wide, narrow] = [requireAnswer(welchTest(a, b, alpha / 2)), requireAnswer(welchTest(a, b, alpha))]
    expect(wide.ciUpper - wide.ciLower).toBeGreaterThan(narrow.ciUpper - narrow.ciLower)
  }))
})

it('Fieller: a negative baseline mirrors both arms', () => {
  fc.assert(fc.property(positiveArm, positiveArm, (a, b) => {
    const plain = requireAnswer(fiellerLift(meanEstimate(a), meanEstimate(b), 1.96))
    const mirrored = requireAnswer(fiellerLift(meanEstimate({ ...a, mean: -a.mean }), meanEstimate({ ...b, mean: -b.mean }), 1.96))
    expect(mirrored.bounded).toBe(plain.bounded)
    if (plain.ciLower === null) return
    close(mirrored.lift, -plain.lift)
    close(mirrored.ciUpper ?? NaN, -plain.ciLower)
  }))
})

it('moments of the parts merge into the moments of the whole, in any grouping', () => {
  fc.assert(fc.property(fc.array(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 20 }), { minLength: 1, maxLength: 6 }), (parts) => {
    const whole = momentsOf(parts.flat())
    fc.pre(whole.n > 1)
    const merged = mergeMoments(parts.map(momentsOf))
    expect(merged.n).toBe(whole.n)
    expect(Math.abs(merged.mean - whole.mean)).toBeLessThan(1e-9 * (1 + Math.abs(whole.mean)) + 1e-9 * Math.sqrt(sampleVariance(whole)))
    expect(Math.abs(merged.m2 - whole.m2)).toBeLessThan(1e-9 * (1 + whole.m2))
  }))
})

it('a constant added to every value leaves the variance alone', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 50 }), fc.integer({ min: -1e9, max: 1e9 }), (values, shift) => {
    close(sampleVariance(momentsOf(values.map((value) => value + shift))) + 1, sampleVariance(momentsOf(values)) + 1, 1e-11)
  }))
})

it('Wilson contains the rate, stays in [0, 1] and mirrors successes and failures', () => {
  fc.assert(fc.property(counts, ({ x, n }) => {
    const interval = requireAnswer(wilsonInterval({ x, n }, 1.96))
    const mirrored = requireAnswer(wilsonInterval({ x: n - x, n }, 1.96))
    expect(interval.lower).toBeGreaterThanOrEqual(0)
    expect(interval.upper).toBeLessThanOrEqual(1)
    expect(interval.lower).toBeLessThanOrEqual(x / n + 1e-15)
    expect(interval.upper).toBeGreaterThanOrEqual(x / n - 1e-15)
    expect(Math.abs(mirrored.lower - (1 - interval.upper))).toBeLessThan(1e-12)
  }))
})

it("Newcombe's lift interval excludes 0 exactly when the difference does", () => {
  fc.assert(fc.property(counts, counts, fc.double({ min: 0.5, max: 4, noNaN: true }), (a, b, z) => {
    fc.pre(a.x > 0)
    const difference = requireAnswer(newcombeInterval(a, b, z))
    const lift = requireAnswer(newcombeLift(a, b, z))
    const upper = lift.upper ?? Infinity
    fc.pre(Math.abs(difference.lower) > 1e-12 && Math.abs(difference.upper) > 1e-12)
    expect(lift.lower > 0).toBe(difference.lower > 0)
    expect(upper < 0).toBe(difference.upper < 0)
    expect(lift.lower).toBeLessThanOrEqual(b.x / b.n / (a.x / a.n) - 1 + 1e-9)
    expect(upper).toBeGreaterThanOrEqual(b.x / b.n / (a.x / a.n) - 1 - 1e-9)
  }))
})

it("Fisher's p is a probability, symmetric in arms and in outcome", () => {
  fc.assert(fc.property(counts, counts, (a, b) => {
    const p = requireAnswer(fisherExact(a, b))
    // Far out the tables' weights underflow and p is 0.
    expect(p).toBeGreaterThanOrEqual(0)
    expect(p).toBeLessThanOrEqual(1)
    close(requireAnswer(fisherExact(b, a)), p, 1e-6)
    close(requireAnswer(fisherExact({ n: a.n, x: a.n - a.x }, { n: b.n, x: b.n - b.x })), p, 1e-6)
  }))
})

it('the split test ignores the scale of weights, the order of arms and arms without weight', () => {
  fc.assert(fc.property(fc.array(fc.record({ n: fc.integer({ min: 100, max: 1e6 }), w: fc.integer({ min: 1, max: 10 }) }), { minLength: 2, maxLength: 6 }), fc.integer({ min: 2, max: 9 }), (arms, k) => {
    const [units, weights] = [arms.map((one) => one.n), arms.map((one) => one.w)]
    const plain = srmTest(units, weights)
    fc.pre(plain.p !== null)
    for (const other of [srmTest(units, weights.map((w) => w * k)), srmTest([...units].reverse(), [...weights].reverse()), srmTest([...units, 77], [...weights, 0])]) {
      expect(other.df).toBe(plain.df)
      close(other.chi2 ?? NaN, plain.chi2 ?? NaN)
    }
  }))
})

it('adjusted p-values are never smaller than the raw ones, keep their order, and Holm is never above Bonferroni', () => {
  fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }), (p) => {
    for (const method of ['bonferroni', 'holm', 'hochberg', 'bh', 'by'] as const) {
      const adjusted = adjustPValues(p, method).map((value) => value ?? NaN)
      adjusted.forEach((value, i) => {
        expect(value).toBeGreaterThanOrEqual((p[i] as number) - 1e-15)
        p.forEach((other, j) => { if (other < (p[i] as number)) expect(adjusted[j]).toBeLessThanOrEqual(value) })
      })
    }
    const [holm, bonferroni] = [adjustPValues(p, 'holm'), adjustPValues(p, 'bonferroni')]
    holm.forEach((value, i) => expect(value).toBeLessThanOrEqual(bonferroni[i] as number))
    expect(adjustPValues([...p, null], 'holm')).toEqual([...holm, null])
  }))
})

it('always-valid: the interval excludes 0 exactly when p is below the level, and is wider than a fixed one', () => {
  fc.assert(fc.property(fc.double({ min: -8, max: 8, noNaN: true }), fc.integer({ min: 50, max: 1e6 }), fc.integer({ min: 100, max: 1e6 }), level, (z, units, tuned, alpha) => {
    const rho = tuneRhoSquared(alpha, tuned)
    const multiplier = alwaysValidMultiplier(units, rho, alpha)
    expect(multiplier).toBeGreaterThan(normalUpperQuantile(alpha / 2))
    const { p } = alwaysValidP(z, units, rho)
    fc.pre(Math.abs(p - alpha) > 1e-9)
    expect(Math.abs(z) > multiplier).toBe(p < alpha)
  }))
})

it('group-sequential boundaries spend exactly the alpha they were given, at any times', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 }), fc.constantFrom('obf' as const, 'pocock' as const, 'power2' as const), (ticks, spending) => {
    const fractions = ticks.sort((x, y) => x - y).map((tick) => tick / 20)
    const { z, alphaSpent } = groupSequentialBoundaries(fractions, 0.025, spending)
    crossingProbabilities(fractions, z).forEach((crossed, k) => { if ((z[k] as number) < 9) expect(Math.abs(crossed - (alphaSpent[k] as number))).toBeLessThan(1e-9) })
    fractions.forEach((t, k) => { if (k > 0) expect(spentAlpha(t, 0.025, spending)).toBeGreaterThan(spentAlpha(fractions[k - 1] as number, 0.025, spending)) })
  }), { numRuns: 30 })
})

it('one look that spends everything is the fixed test; a look without alpha cannot be crossed', () => {
  expect(boundariesForAlphas([1], [0.025])[0]).toBeCloseTo(1.959963984540054, 12)
  expect(boundariesForAlphas([0.5, 1], [0.025, 0.025])[1]).toBe(9)
})

it('non-inferiority gets easier with a wider margin, and a margin of 0 is the one-sided test', () => {
  fc.assert(fc.property(positiveArm, positiveArm, fc.boolean(), (a, b, higher) => {
    const at = (margin: number) => requireAnswer(nonInferiority(a, b, margin, higher)).p
    // A tail that underflowed or filled up cannot fall further.
    expect(at(0.05)).toBeGreaterThanOrEqual(at(0.2) - 1e-12)
    expect(Math.abs(at(0) + requireAnswer(nonInferiority(a, b, 0, higher)).deteriorationP - 1)).toBeLessThan(1e-9)
  }))
})

it('sample size falls with the effect worth finding and rises with the power asked for', () => {
  fc.assert(fc.property(fc.double({ min: 0.01, max: 0.6, noNaN: true }), fc.double({ min: 0.01, max: 0.3, noNaN: true }), (baseline, relativeMde) => {
    const at = (mde: number, power: number) => requireAnswer(sampleSizeRelative({ baseline, relativeMde: mde, sd: null, alpha: 0.05, power })).perArm
    expect(at(relativeMde, 0.8)).toBeGreaterThan(at(relativeMde * 1.5, 0.8))
    expect(at(relativeMde, 0.9)).toBeGreaterThan(at(relativeMde, 0.8))
  }))
  expect(durationDays({ nTotal: 100, unitsPerDay: 0, minDays: 7 })).toEqual({ noAnswer: 'no_units' })
})

it('posterior: shipping minus keeping is worth the mean, and chances of being best sum to 1', () => {
  fc.assert(fc.property(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: 0.01, max: 3, noNaN: true }), (estimate, se) => {
    const posterior = requireAnswer(normalPosterior(estimate, se, { mean: 0, sd: 1 }))
    expect(Math.abs(posterior.lossIfKeep - posterior.lossIfShip - posterior.mean)).toBeLessThan(1e-12)
    const best = requireAnswer(probabilityBest([0, estimate, 0.3], [se, 0.5, 1]))
    expect(best.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 10)
    const two = requireAnswer(probabilityBest([0, estimate], [se, 0.5]))
    expect(Math.abs((two[1] as number) - normalSurvival(-estimate / Math.hypot(se, 0.5)))).toBeLessThan(1e-7)
  }), { numRuns: 50 })
})

it('quantile limits are order statistics around the estimate', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 60, maxLength: 300 }), fc.constantFrom(0.25, 0.5, 0.75), (values, q) => {
    const { lower, quantile, upper } = requireAnswer(quantileEstimate(values, q))
    expect(lower).toBeLessThanOrEqual(quantile ?? NaN)
    expect(upper).toBeGreaterThanOrEqual(quantile ?? NaN)
    expect(values).toContain(quantile)
  }))
})

it('says no where there is no answer, and never a number', () => {
  const a = { n: 100, mean: 1, variance: 1 }
  for (const wrong of [{ ...a, mean: NaN }, { ...a, mean: Infinity }, { ...a, variance: -1 }, { ...a, n: -5 }, { ...a, n: 1.5 }]) expect(estimateStatus('mean', a, wrong).status).toBe('invalid_input')
  expect(estimateStatus('proportion', proportionSample(5, 4), proportionSample(1, 4)).status).toBe('invalid_input')
  expect(estimateStatus('mean', a, { n: 0, mean: NaN, variance: NaN }).status).toBe('no_units')
  expect(estimateStatus('ratio', { ...a, mean: NaN, variance: NaN, sumDen: 0 }, { ...a, sumDen: 10 }).status).toBe('zero_denominator')
  expect(welchTest({ ...a, variance: 0 }, { ...a, variance: 0 })).toEqual({ noAnswer: 'zero_variance' })
  expect(welchTest(a, { n: 1, mean: 1, variance: NaN })).toEqual({ noAnswer: 'one_unit' })
  expect(welchTest({ ...a, mean: -1e308 }, { ...a, mean: 1e308 })).toEqual({ noAnswer: 'invalid_input' })
  expect(fiellerLift(meanEstimate({ ...a, mean: 0 }), meanEstimate(a), 1.96)).toEqual({ noAnswer: 'zero_baseline' })
  expect(srmTest([3, 2], [1, 1])).toEqual({ noAnswer: 'too_few_units', chi2: null, df: 1, p: null })
  expect(newcombeLift({ x: 0, n: 10 }, { x: 1, n: 10 }, 1.96)).toEqual({ noAnswer: 'zero_baseline' })
})
