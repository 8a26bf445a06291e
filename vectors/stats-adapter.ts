/**
 * One function per `fn` of the statistics vectors, over the engine's public functions: names are mapped, nothing is computed here
 * that the engine should compute. `npm run vectors -- FILE...` runs any file of the form {name, cases: [{id, fn, input, expected, tol}]} against it.
 */
import { decideArm } from '../server/src/analysis/arm-verdict.ts'
import * as stats from '../server/src/stats/index.ts'

/** The fields of all inputs. `never` fits every parameter: the vector files are trusted to give each function what it takes. */
type Input = Record<Field, never>
type Field =
  | 'a' | 'alpha' | 'alphaOneSided' | 'alphaTwoSided' | 'b' | 'baseline' | 'clusters' | 'concentration' | 'counts' | 'critical' | 'cumulativeAlpha' | 'cumulativeCounts'
  | 'cells' | 'dataQuality' | 'dayIndex' | 'days' | 'daysRun' | 'delta' | 'design' | 'df' | 'diff' | 'drift' | 'effects' | 'estimate' | 'estimates' | 'floor' | 'forecasts' | 'guardrails' | 'harmCritical' | 'laterLooks' | 'rate' | 'segments' | 'verdicts'
  | 'higherIsBetter' | 'ignoreZeros' | 'informationFraction' | 'informationFractions' | 'level' | 'lift' | 'lifts' | 'looks' | 'mde' | 'means' | 'minDays' | 'mode' | 'n'
  | 'nA' | 'nB' | 'nStar' | 'nTotal' | 'nonZero' | 'p' | 'p1' | 'p2' | 'parts' | 'pattern' | 'periods' | 'plannedDays' | 'power' | 'primaryCi' | 'prior' | 'priorMean'
  | 'priorSd' | 'propensity' | 'q' | 'ratio' | 'relativeMargin' | 'relativeMde' | 'reward' | 'rho' | 'rho2' | 'sd' | 'sdA' | 'sdB' | 'sds' | 'se' | 'sequentialSrmP'
  | 'ses' | 'spending' | 'srmP' | 'steps' | 'strata' | 't' | 'targetProb' | 'tau2' | 'type' | 'unitsPerDay' | 'upperPercentile' | 'v' | 'values' | 'variance'
  | 'varianceDivisor' | 'weights' | 'wholeWeeks' | 'x' | 'xA' | 'xB' | 'y' | 'z' | 'zCut' | 'zeros'
type Summary = { n: number; mean: number; variance: number }
type Sums = { n: number; sum: number; sumSquares: number }

const z = (alpha: number) => stats.normalUpperQuantile(alpha / 2)
const fromValues = (values: number[]): Summary => {
  const moments = stats.momentsOf(values)
  return { n: moments.n, mean: moments.mean, variance: stats.sampleVariance(moments) }
}
const fromSums = ({ n, sum, sumSquares }: Sums): Summary => ({ n, mean: sum / n, variance: (sumSquares - (sum * sum) / n) / (n - 1) })
const withFieller = (answer: stats.Answer<stats.WelchResult>, a: stats.Estimate, b: stats.Estimate) => stats.mapAnswer(answer, (test) => ({ ...test, liftFieller: stats.fiellerLift(a, b, test.critical), liftDelta: stats.deltaLift(a, b, test.critical) }))
const welch = (a: Summary, b: Summary, alpha: number) => withFieller(stats.welchTest(a, b, alpha), stats.meanEstimate(a), stats.meanEstimate(b))
const orNull = (value: number) => (Number.isNaN(value) ? null : value)
const decode = (value: unknown): number => (value === null || value === undefined ? NaN : Number(value))

const named: Record<string, (input: Input) => unknown> = {
  'normal.sf': ({ x }) => ({ value: stats.normalSurvival(x) }),
  'normal.cdf': ({ x }) => ({ value: stats.normalCdf(x) }),
  'normal.logcdf': ({ x }) => ({ value: stats.normalLogCdf(x) }),
  'normal.quantile': ({ p }) => ({ value: stats.normalQuantile(p) }),
  't.sf': ({ t, df }) => ({ value: stats.tSurvival(t, df) }),
  't.logsf': ({ t, df }) => ({ value: stats.tLogSurvival(t, df) }),
  't.isf': ({ p, df }) => ({ value: stats.tUpperQuantile(p, df) }),
  'chi2.sf': ({ x, df }) => ({ value: stats.chiSquareSurvival(x, df) }),
  'chi2.isf': ({ p, df }) => ({ value: stats.chiSquareUpperQuantile(p, df) }),
  'beta.cdf': ({ x, a, b }) => ({ value: stats.betaCdf(x, a, b) }),
  'beta.quantile': ({ p, a, b }) => ({ value: stats.betaQuantile(p, a, b) }),
  lgamma: ({ x }) => ({ value: stats.logGamma(x) }),
  lambertWm1: ({ x }) => ({ value: stats.lambertWMinusOne(x) }),

  moments: ({ values, pattern }) => {
    const list: number[] = pattern ? expand(pattern) : values
    const { n, mean, variance } = fromValues(list)
    return { n, mean: orNull(mean), variance: orNull(variance), sd: orNull(Math.sqrt(variance)) }
  },
  mergeMoments: ({ parts }) => {
    const merged = stats.mergeMoments(parts)
    return { ...merged, variance: orNull(stats.sampleVariance(merged)) }
  },
  covariance: ({ x, y }) => ({ covariance: stats.sampleCovariance(x, y), correlation: stats.sampleCorrelation(x, y) }),
  exactSum: ({ values }) => ({ sum: stats.compensatedSum(values) }),

  status: ({ type, a, b }) => stats.estimateStatus(type, armSample(type, a), armSample(type, b)),

  welch: ({ a, b, alpha }) => stats.welchTest(fromValues(a), fromValues(b), alpha),
  welchSummary: ({ a, b, alpha }) => stats.welchTest(a, b, alpha),
  welchFromSums: ({ a, b, alpha }) => welch(fromSums(a), fromSums(b), alpha),
  welchProportion: ({ xA, nA, xB, nB, alpha }) => welch(stats.proportionSample(xA, nA), stats.proportionSample(xB, nB), alpha),
  liftFieller: ({ a, b, critical }) => stats.fiellerLift(stats.meanEstimate(a), stats.meanEstimate(b), critical),
  liftDelta: ({ a, b, critical }) => stats.deltaLift(stats.meanEstimate(a), stats.meanEstimate(b), critical),
  liftLog: ({ a, b, critical }) => stats.logLift(stats.meanEstimate(a), stats.meanEstimate(b), critical),

  wilson: ({ x, n, alpha }) => stats.wilsonInterval({ x, n }, z(alpha)),
  newcombe: ({ xA, nA, xB, nB, alpha }) => stats.newcombeInterval({ x: xA, n: nA }, { x: xB, n: nB }, z(alpha)),
  twoProportions: ({ xA, nA, xB, nB, alpha }) => {
    const answer = stats.twoProportions({ x: xA, n: nA }, { x: xB, n: nB }, z(alpha))
    return stats.mapAnswer(answer, ({ wald, newcombe, ...rest }) => ({ ...rest, waldLower: wald.lower, waldUpper: wald.upper, newcombeLower: newcombe.lower, newcombeUpper: newcombe.upper }))
  },
  proportionTest: ({ xA, nA, xB, nB }) => stats.proportionTest({ x: xA, n: nA }, { x: xB, n: nB }),
  fisherExact: ({ xA, nA, xB, nB }) => ({ p: stats.fisherExact({ x: xA, n: nA }, { x: xB, n: nB }) }),

  srm: ({ counts, weights }) => stats.srmTest(counts, weights),
  srmSequential: ({ cumulativeCounts, weights, concentration }) => ({ looks: stats.sequentialSrm(cumulativeCounts, weights, concentration) }),
  srmSequentialAlpha: ({ cumulativeCounts, weights, alpha }) => ({ logBayesFactors: (cumulativeCounts as number[][]).map((counts) => stats.dirichletLogBayesFactor(counts, weights, alpha)) }),
  srmByPeriod: ({ periods }) => stats.srmByPeriod(periods),
  srmSequentialByPeriod: ({ periods }) => ({ looks: stats.sequentialSrmByPeriod(periods) }),
  srmBySegment: ({ segments, weights }) => ({ segments: stats.srmBySegment(segments, weights) }),

  adjust: ({ p }) => Object.fromEntries((['bonferroni', 'holm', 'hochberg', 'bh', 'by'] as const).map((method) => [method, stats.adjustPValues(p, method)])),
  nonInferiority: ({ a, b, relativeMargin, higherIsBetter, alpha }) => stats.mapAnswer(stats.nonInferiority(a, b, relativeMargin, higherIsBetter), (result) => ({ ...result, nonInferior: result.p < alpha })),
  guardrail: ({ a, b, higherIsBetter, relativeMargin, harmCritical, critical }) => stats.readGuardrail({ control: a, treatment: b, higherIsBetter, margin: relativeMargin, harmCritical, nonInferiorityCritical: critical }),
  verdict: (input) => {
    const { kind, final, reasons } = decideArm(armInput(input))
    return { verdict: kind, final, reasons: reasons.map(({ code, metric }) => (metric === undefined ? code : `${code}:${metric}`)) }
  },
  operatingCharacteristics: ({ alpha, power }) => ({ rows: stats.operatingCharacteristics(alpha, power) }),

  rho2: ({ alpha, nStar }) => ({ rho2Exact: stats.tuneRhoSquared(alpha, nStar), rho2Approx: stats.approximateRhoSquared(alpha, nStar) }),
  acsCritical: ({ n, rho2, alpha }) => ({ critical: stats.alwaysValidMultiplier(n, rho2, alpha), oneSided: stats.alwaysValidOneSidedMultiplier(n, rho2, alpha) }),
  acsPValue: (input) => stats.alwaysValidP(input['z'], input['n'], input['rho2']),
  acsRunningP: ({ z: zs, n, rho2 }) => ({ p: stats.runningAlwaysValidP((zs as number[]).map((value, i) => ({ z: value, units: n[i] })), rho2) }),
  acsOneSidedP: (input) => ({ p: stats.alwaysValidOneSidedP(input['z'], input['n'], input['rho2']) }),
  runningIntersection: ({ looks }) => ({ looks: stats.runningIntersection((looks as ([number, number] | null)[]).map((look) => look && { lower: look[0], upper: look[1] })) }),
  acsGbstats: ({ a, b, alpha, nStar, rho }) => {
    const rhoSquared = rho === 'approx' ? stats.approximateRhoSquared(alpha, nStar) : stats.tuneRhoSquared(alpha, nStar)
    const [armA, armB] = [fromSums(a), fromSums(b)]
    return stats.deltaLift(stats.meanEstimate(armA), stats.meanEstimate(armB), stats.alwaysValidMultiplier(armA.n + armB.n, rhoSquared, alpha))
  },
  msprt: ({ diff, variance, tau2, alpha }) => stats.msprt(diff, variance, tau2, alpha),
  gstBoundary: ({ informationFractions, alphaOneSided, spending }) => stats.groupSequentialBoundaries(informationFractions, alphaOneSided, spending),
  gstBoundaryAlphas: ({ informationFractions, cumulativeAlpha }) => ({ z: stats.boundariesForAlphas(informationFractions, cumulativeAlpha) }),
  gstCrossing: (input) => ({ cumulative: stats.crossingProbabilities(input['informationFractions'], input['z'], input['drift']) }),
  naivePeekingFpr: (input) => ({ fpr: stats.peekingFalsePositiveRate(input['looks'], input['z']) }),

  sampleSizeMeans: (input) => stats.mapAnswer(stats.sampleSizeMeans(input), ({ nA, nB }) => ({ nA, nB, nAceil: Math.ceil(nA) })),
  sampleSizeProportionsPooled: ({ p1, p2, alpha, power }) => ({ nPerArm: stats.sampleSizeProportionsPooled(p1, p2, alpha, power) }),
  sampleSizeRelative: (input) => stats.mapAnswer(stats.sampleSizeRelative(input), ({ perArm, total }) => ({ nPerArm: perArm, nTotal: total })),
  sampleSizeT: (input) => ({ nPerArm: stats.sampleSizeT(input) }),
  powerT: (input) => ({ power: stats.tTestPower(input) }),
  mde: (input) => stats.minimumDetectableEffect(input),
  gstInflation: ({ looks, alphaTwoSided, power, spending }) => stats.groupSequentialInflation(looks, alphaTwoSided, power, spending),
  adjustedBeta: ({ power, guardrails }) => ({ powerPerMetric: stats.powerPerMetric(power, guardrails) }),
  sampleSizeNonInferiority: ({ baseline, relativeMargin, alphaOneSided, power }) => ({ nPerArm: stats.sampleSizeNonInferiority(baseline, relativeMargin, alphaOneSided, power) }),
  durationDays: (input) => ({ days: stats.durationDays(input) }),
  requiredUnits: (input) => stats.requiredUnits(input as unknown as stats.PlanQuestion),
  planReach: (input) => stats.planReach(input as unknown as stats.PlanQuestion, input['nTotal']),
  planDuration: (input) => stats.planDuration(input as unknown as stats.ArrivalQuestion),
  conditionalPower: ({ z: now, informationFraction, drift, critical }) => ({ power: stats.conditionalPower({ z: now, information: informationFraction, drift, critical }) }),
  gstConditionalPower: ({ z: now, informationFraction, drift, laterLooks }) => ({ power: stats.groupSequentialConditionalPower({ z: now, information: informationFraction, drift, laterLooks }) }),

  normalPosterior: ({ estimate, se, priorMean, priorSd, level }) => stats.normalPosterior(estimate, se, priorSd === null || priorSd === undefined ? null : { mean: priorMean, sd: decode(priorSd) }, level),
  liftPosterior: ({ a, b, priorMean, priorSd, level }) => stats.liftPosterior(a, b, { mean: priorMean, sd: priorSd }, level),
  gbstatsBinomial: ({ xA, nA, xB, nB, varianceDivisor }) => {
    const estimate = (x: number, n: number) => ({ m: x / n, v: varianceDivisor === 'n' ? ((x / n) * (1 - x / n)) / n : stats.meanEstimate(stats.proportionSample(x, n)).v, n })
    return stats.mapAnswer(stats.deltaLift(estimate(xA, nA), estimate(xB, nB), 0), ({ lift, se }) => stats.mapAnswer(stats.normalPosterior(lift, se), (posterior) => ({ ...posterior, lift })))
  },
  betaProbBeat: ({ xA, nA, xB, nB, prior }) => ({ p: stats.betaChanceToBeat(xA, nA, xB, nB, prior) }),
  probBest: ({ means, sds }) => ({ p: stats.probabilityBest(means, sds) }),

  ratioFromSums: ({ a }) => stats.mapAnswer(stats.ratioFromSums(a), (sample) => ({ ...sample, varianceOfEstimate: stats.ratioEstimate(sample).v })),
  ratioDelta: ({ a, b, alpha }) => {
    const [armA, armB] = [stats.ratioFromValues(a['num'], a['den']), stats.ratioFromValues(b['num'], b['den'])]
    if (!stats.isAnswer(armA) || !stats.isAnswer(armB)) return null
    const [estimateA, estimateB] = [stats.ratioEstimate(armA), stats.ratioEstimate(armB)]
    return { ratioA: estimateA.m, varA: estimateA.v, ratioB: estimateB.m, varB: estimateB.v, ...withFieller(stats.welchFromEstimates(estimateA, estimateB, alpha), estimateA, estimateB) }
  },
  funnel: ({ steps }) => ({ steps: stats.funnel(steps) }),
  cuped: ({ a, b, alpha }) => stats.cuped(a, b, alpha),
  cupedRatio: ({ a, b }) => stats.cupedRatio(a, b),
  cupedMoments: ({ a, b, alpha }) => stats.cupedFromMoments(a, b, alpha),
  cupedRatioMoments: ({ a, b }) => stats.cupedRatioFromMoments(a, b),
  postStratifyMerged: ({ strata }) => stats.postStratifyMoments(stats.mergeSmallStrata((strata as { key: string; a: number[]; b: number[] }[]).map(({ key, a, b }) => ({ key, a: stats.momentsOf(a), b: stats.momentsOf(b) })))),
  postStratify: ({ strata }) => stats.postStratify(strata),
  quantile: ({ values, q, alpha }) => stats.quantileEstimate(values, q, alpha),
  quantileClustered: ({ clusters, q, alpha }) => stats.clusteredQuantileEstimate(clusters, q, alpha),
  winsorize: ({ nonZero, zeros, upperPercentile, ignoreZeros }) => stats.winsorise(nonZero, zeros, upperPercentile, ignoreZeros),

  cochranQ: ({ effects, ses }) => stats.cochranQ(effects, ses),
  gailSimon: ({ effects, ses }) => stats.gailSimon(effects, ses),
  noveltyTrend: ({ dayIndex, effects, ses }) => stats.noveltyTrend(dayIndex, effects, ses),
  noveltyCheck: ({ days }) => stats.noveltyCheck(days),
  drillDown: ({ segments }) => stats.drillDown(segments),
  interaction: ({ cells }) => stats.interaction(cells),
  winRate: ({ verdicts }) => stats.winRate(verdicts),
  falseDiscovery: ({ rate, alphaOneSided, power }) => stats.falseDiscoveryRisk(rate, alphaOneSided, power),
  calibration: ({ forecasts }) => stats.calibration(forecasts),
  randomEffects: ({ y, v }) => stats.randomEffects(y, v),
  winnersCurse: ({ estimates, ses, zCut }) => stats.winnersCurse(estimates, ses, zCut),
  conditionalMle: ({ estimate, se, zCut }) => ({ mu: stats.conditionalMle(estimate, se, zCut) }),
  cumulativeLift: ({ lifts, ses }) => stats.cumulativeLift(lifts, ses),

  ips: ({ reward, propensity, targetProb }) => stats.importanceWeighted(reward, propensity, targetProb),
  thompsonWeights: ({ means, sds, floor }) => stats.thompsonWeights(means, sds, floor),
  periodWeighted: ({ periods }) => stats.periodWeighted(periods),
}

/** Every function of the engine under its name in the vectors; a missing answer stands as null, as the vectors write it. */
export const fns: typeof named = Object.fromEntries(Object.entries(named).map(([name, run]) => [name, (input: Input) => blank(run(input))]))

function blank(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(blank)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  return entries.length === 1 && 'noAnswer' in value ? null : Object.fromEntries(entries.map(([key, entry]) => [key, blank(entry)]))
}

function expand({ first, repeat, times }: { first: number; repeat: number[]; times: number }): number[] {
  return [first, ...Array.from({ length: times }, () => repeat).flat()]
}

/** Numbers that JSON cannot hold stand as strings in the vectors. */
function armSample(type: string, arm: Record<string, unknown>): stats.ArmSample {
  const n = decode(arm['n'])
  if (type === 'proportion' && arm['x'] !== undefined) return stats.proportionSample(decode(arm['x']), n)
  return { n, mean: decode(arm['mean']), variance: decode(arm['variance']), ...(arm['sumDen'] === undefined ? {} : { sumDen: decode(arm['sumDen']) }) }
}

function armInput(input: Input): Parameters<typeof decideArm>[0] {
  const { srmP, sequentialSrmP, daysRun, minDays, plannedDays, informationFraction, mode, dataQuality, mde, primaryCi, guardrails } = input 
  const quality = dataQuality as string | undefined
  const limits = primaryCi as { lower: number | null; upper: number | null } | null
  return {
    srmP, sequentialSrmP, days: daysRun, minDays, plannedDays, informationFraction, mode,
    multipleExposure: quality !== undefined && quality !== 'ok' && quality !== 'no_estimate',
    minimumEffect: mde,
    primary: limits === null || limits === undefined || limits.lower === null || limits.upper === null || quality === 'no_estimate' ? null : { lower: decode(limits.lower), upper: decode(limits.upper) },
    guardrails: ((guardrails ?? []) as { id: string; nonInferior: boolean; harm: boolean }[]).map(({ id, nonInferior, harm }) => ({ metric: id, nonInferior, harm })),
  }
}
