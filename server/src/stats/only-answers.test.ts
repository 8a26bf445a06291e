import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as stats from './index.ts'

// Whatever goes in, what comes out is a finite number or a reason. Kernels (densities, quantiles, multipliers, boundaries) are functions on
// their domain and not in this list; everything that answers a question is.
const ugly = fc.oneof(
  { weight: 3, arbitrary: fc.double({ min: -1e4, max: 1e4, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, 1, -1, NaN, Infinity, -Infinity, 1e-320, 1e308, -1e308, 1e-160, 1e160, Number.MAX_SAFE_INTEGER) },
)
const count = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 2000 }) }, { weight: 1, arbitrary: fc.constantFrom(-1, 1.5, NaN, Infinity, 1e9) })
const list = fc.array(ugly, { maxLength: 6 })
const estimate = fc.record({ m: ugly, v: ugly, n: count })
const sample = fc.record({ n: count, mean: ugly, variance: ugly })
const counts = fc.record({ x: count, n: count })
const pairs = fc.array(fc.tuple(ugly, ugly), { maxLength: 6 }).map((rows) => [rows.map(([x]) => x), rows.map(([, y]) => y)] as [number[], number[]])
const few = (n: number) => fc.array(ugly, { minLength: n, maxLength: n })
const matrix = (n: number) => fc.array(few(n), { minLength: n, maxLength: n })
const covariates = fc.record({ n: count, meanY: ugly, meanX: few(2), varianceY: ugly, covarianceXY: few(2), covarianceX: matrix(2) })
const moments = fc.record({ n: count, mean: ugly, m2: ugly })
const mode = fc.constantFrom('fixed' as const, 'group_sequential' as const, 'always_valid' as const)
const metric = fc.oneof(fc.record({ kind: fc.constant('proportion' as const), baseline: ugly }), fc.record({ kind: fc.constantFrom('mean' as const, 'ratio' as const, 'quantile' as const), baseline: ugly, sd: ugly }))
const plan = fc.record({
  metric, effect: fc.oneof(fc.record({ relative: ugly }), fc.record({ absolute: ugly })), question: fc.constantFrom('difference' as const, 'non_inferiority' as const),
  alpha: fc.oneof(ugly, fc.constant(0.05)), power: fc.oneof(ugly, fc.constant(0.8)), mode, looks: fc.constantFrom(1, 2, 5, 0, NaN), weights: fc.array(fc.constantFrom(1, 2, 0, NaN, 1e300), { maxLength: 3 }), covariateR2: fc.constantFrom(0, 0.5, 1, NaN),
})

/** One call with arbitrary arguments. */
function call<T>(name: string, args: fc.Arbitrary<T>, run: (given: T) => unknown, runs = 150): [string, number, fc.Arbitrary<{ given: T; run: (given: T) => unknown }>] {
  return [name, runs, args.map((given) => ({ given, run }))]
}

const calls = [
  call('Welch', fc.tuple(sample, sample), ([a, b]) => stats.welchTest(a, b)),
  call('Fieller', fc.tuple(estimate, estimate, ugly), ([a, b, c]) => stats.fiellerLift(a, b, c)),
  call('delta lift', fc.tuple(estimate, estimate, ugly), ([a, b, c]) => stats.deltaLift(a, b, c)),
  call('log lift', fc.tuple(estimate, estimate, ugly), ([a, b, c]) => stats.logLift(a, b, c)),
  call('Wilson', fc.tuple(counts, ugly), ([a, z]) => stats.wilsonInterval(a, z)),
  call('Newcombe', fc.tuple(counts, counts, ugly), ([a, b, z]) => [stats.newcombeInterval(a, b, z), stats.newcombeLift(a, b, z), stats.twoProportions(a, b, z)]),
  call('proportion tests', fc.tuple(counts, counts), ([a, b]) => [stats.pooledScoreTest(a, b), stats.proportionTest(a, b), stats.rateDiffersByArm(a, b)]),
  call('always-valid reading', fc.tuple(estimate, estimate, ugly), ([a, b, rho]) => stats.alwaysValidReading(a, b, rho, 0.05)),
  call('SRM', fc.tuple(fc.array(count, { maxLength: 4 }), fc.array(ugly, { maxLength: 4 })), ([n, w]) => [stats.srmTest(n, w), stats.sequentialSrm([n, n], w), stats.srmByPeriod([{ counts: n, weights: w }]), stats.sequentialSrmByPeriod([{ looks: [n], weights: w }]), stats.srmBySegment([{ key: 'a', counts: n }], w)]),
  call('running interval', fc.array(fc.option(fc.record({ lower: ugly, upper: ugly })), { maxLength: 4 }), (looks) => stats.runningIntersection(looks.map((look) => (look && Math.abs(look.lower) < Infinity && Math.abs(look.upper) < Infinity ? look : null)))),
  call('non-inferiority', fc.tuple(sample, sample, ugly, fc.boolean()), ([a, b, m, higher]) => [stats.nonInferiority(a, b, m, higher), stats.readGuardrail({ control: a, treatment: b, margin: m, higherIsBetter: higher, harmCritical: 2.2, nonInferiorityCritical: 1.6 })]),
  call('sample size', fc.tuple(ugly, ugly, ugly, ugly, ugly), ([a, b, c, d, e]) => [stats.sampleSizeMeans({ sdA: a, sdB: b, delta: c, alpha: 0.05, power: 0.8, ratio: d }), stats.sampleSizeProportionsPooled(a, b, c, d), stats.sampleSizeRelative({ baseline: a, relativeMde: b, sd: c, alpha: 0.05, power: 0.8 }), stats.sampleSizeNonInferiority(a, b, c, d), stats.extraUnitsNeeded({ n: a, se: b, mde: c, critical: d, power: e }), stats.durationDays({ nTotal: a, unitsPerDay: b, minDays: c })]),
  call('reach', fc.tuple(count, count, ugly, mode), ([nA, nB, sd, m]) => stats.minimumDetectableEffect({ nA, nB, sd, alpha: 0.05, power: 0.8, mode: m })),
  call('t power', fc.tuple(count, ugly, ugly), ([n, delta, sd]) => stats.tTestPower({ n, delta, sd, alpha: 0.05 }), 60),
  call('plan', plan, (given) => [stats.requiredUnits(given), stats.planReach(given, 1000)]),
  call('duration', fc.record({ distinctByDay: fc.array(count, { maxLength: 5 }), needed: ugly, coverage: fc.constantFrom(1, 0.5, 0, NaN), windowDays: count, minDays: count }), (given) => stats.planDuration(given)),
  call('conditional power', fc.tuple(ugly, ugly, ugly), ([z, information, drift]) => [stats.conditionalPower({ z, information, drift, critical: 2 }), stats.groupSequentialConditionalPower({ z, information, drift, laterLooks: [{ information: 0.5, bound: 3 }, { information: 1, bound: 2 }] })], 60),
  call('posterior', fc.tuple(ugly, ugly, ugly, ugly), ([x, se, mean, sd]) => [stats.normalPosterior(x, se, { mean, sd }), stats.normalPosterior(x, se)]),
  call('lift posterior', fc.tuple(estimate, estimate), ([a, b]) => stats.liftPosterior(a, b, { mean: 0, sd: 0.1 })),
  call('beta', fc.tuple(count, count, count, count), ([xA, nA, xB, nB]) => stats.betaChanceToBeat(xA, nA, xB, nB), 40),
  call('best of several', pairs, ([m, s]) => [stats.probabilityBest(m, s), stats.thompsonWeights(m, s)]),
  call('ratio', fc.tuple(count, ugly, ugly, ugly, ugly, ugly), ([n, meanNum, meanDen, varianceNum, varianceDen, covariance]) => [stats.ratioFromMoments({ n, meanNum, meanDen, varianceNum, varianceDen, covariance }), stats.clusteredCdfSd({ n, meanNum, meanDen, varianceNum, varianceDen, covariance })]),
  call('ratio values', pairs, ([num, den]) => [stats.ratioFromValues(num, den), stats.funnel(num.map((x, i) => [1, x, den[i] as number]))]),
  call('CUPED', fc.tuple(covariates, covariates), ([a, b]) => [stats.cupedFromMoments(a, b), stats.useCuped(a, b, 14)]),
  call('CUPED values', fc.tuple(pairs, pairs), ([[y, x], [v, w]]) => stats.cuped({ y, x: [x] }, { y: v, x: [w] })),
  call('ratio CUPED', fc.tuple(count, few(4), matrix(4)), ([n, means, covariance]) => stats.cupedRatioFromMoments({ n, means, covariance }, { n: 20, means, covariance })),
  call('post-stratification', fc.array(fc.record({ key: fc.constant('a'), a: moments, b: moments }), { maxLength: 3 }), (strata) => stats.postStratifyMoments(strata)),
  call('quantiles', fc.tuple(list, ugly), ([values, q]) => [stats.quantileEstimate(values, q), stats.clusteredQuantileEstimate([values, values], q), stats.winsorise(values, 3, q)]),
  call('order statistics', fc.tuple(count, count, fc.option(ugly), fc.option(ugly), fc.option(ugly)), ([n, values, point, lower, upper]) => stats.estimateFromOrderStatistics({ n, values, point, lower, upper, ranks: { rank: 2, rankLower: 1, rankUpper: 3 } })),
  call('retention', fc.array(fc.record({ exposedAt: ugly, activeAt: list }), { maxLength: 4 }), (units) => stats.retention(units, { from: 1, to: 2 }, 5)),
  call('meta-analysis', pairs, ([y, v]) => [stats.randomEffects(y, v), stats.cochranQ(y, v), stats.gailSimon(y, v), stats.winnersCurse(y, v), stats.cumulativeLift(y, v), stats.drillDown(y.map((effect, i) => ({ key: String(i), effect, se: v[i] as number })))]),
  call('novelty', pairs, ([y, se]) => [stats.noveltyTrend(y.map((_, i) => i + 1), y, se), stats.noveltyCheck(y.map((effect, i) => ({ day: i + 1, effect, se: se[i] as number })))]),
  call('conditional MLE', fc.tuple(ugly, ugly), ([x, se]) => stats.conditionalMle(x, se)),
  call('forecasts', fc.array(fc.record({ probability: ugly, success: fc.boolean() }), { maxLength: 4 }), (forecasts) => stats.calibration(forecasts)),
  call('false discovery', fc.tuple(ugly, ugly, ugly), ([rate, alpha, power]) => stats.falseDiscoveryRisk(rate, alpha, power)),
  call('interaction', fc.tuple(sample, sample, sample, sample), ([controlControl, controlTreatment, treatmentControl, treatmentTreatment]) => stats.interaction({ controlControl, controlTreatment, treatmentControl, treatmentTreatment })),
  call('importance weights', fc.tuple(list, list, list), ([a, b, c]) => stats.importanceWeighted(a, b, c)),
  call('periods', fc.tuple(ugly, sample, sample), ([share, a, b]) => stats.periodWeighted([{ share, arms: [a, b] }])),
  call('next allocation', fc.array(sample, { maxLength: 3 }), (arms) => stats.nextAllocation(arms, null, 0)),
] as [string, number, fc.Arbitrary<{ given: unknown; run: (given: never) => unknown }>][]

it.each(calls)('%s: a finite number or a reason, whatever goes in', (_, numRuns, arbitrary) => {
  fc.assert(fc.property(arbitrary, ({ given, run }) => { expect(wrongNumbers(run(given as never))).toEqual([]) }), { numRuns })
})

function wrongNumbers(value: unknown, at = '$'): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${at} is ${value}`]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, entry]) => wrongNumbers(entry, `${at}.${key}`))
}
