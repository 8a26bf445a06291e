/**
 * Reads the cases recorded from another statistics engine (gbstats) with ours: either as numbers to compare, where the method is the same,
 * or as the reason why it is not. docs/statistics.md has the table.
 */
import * as stats from '../server/src/stats/index.ts'

export interface GbCase {
  id: string
  method: string
  settings: Settings
  input: never
  expected: never
  source: { test_rounds_to_decimals: number | null }
}

interface Settings {
  difference_type?: 'absolute' | 'relative' | 'scaled'
  alpha: number
  post_stratify?: boolean
  rho?: number
  sequential_tuning_parameter: number
  prior_type?: 'relative' | 'absolute'
  prior_effect?: { mean: number; variance: number; proper: boolean } | null
  relative?: boolean
  inverse?: boolean
  engine?: string
  target_power: number
  n_total: number
  n_variations: number
  sequential?: boolean
  target_mde: number
}

interface Sums { n: number; sum: number; sum_squares: number }
type Statistic =
  | ({ type: 'SampleMeanStatistic' } & Sums)
  | { type: 'ProportionStatistic'; n: number; sum: number }
  | { type: 'RatioStatistic'; n: number; m_statistic: Sums; d_statistic: Sums; m_d_sum_of_products: number }
  | { type: 'QuantileStatistic'; n: number; n_star: number; nu: number; quantile_hat: number; quantile_lower: number; quantile_upper: number }
  | { type: 'RegressionAdjustedStatistic' | 'RegressionAdjustedRatioStatistic' | 'QuantileClusteredStatistic'; n: number }

/** What is compared: ours, theirs, and how closely. */
export interface Check {
  what: string
  actual: number | null
  expected: number
  rel: number
  abs: number
}

export type Reading = { checks: Check[] } | { differs: string }

const relativeReason = 'relative effect by the delta method, where ours is Fieller'
const scaledReason = 'effect scaled to total traffic: not offered'
const adjustedReason = 'CUPED with theta pooled over arms, where ours minimises the variance of the difference'
const stratifiedReason = 'post-stratification by a multinomial delta method over strata moments, where ours conditions on strata (Miratrix)'
const errorReason = 'refuses, or returns 0, where ours answers or gives a reason'
/** Their p is 1 - cdf: no digits are left below 1e-16. */
const lostTail = 4e-15

export function readGbCase({ method, settings, input, expected, source }: GbCase): Reading {
  const rounding = source.test_rounds_to_decimals
  const literal = { rel: 0, abs: 0.51 * 10 ** -(rounding ?? 12) }
  const exact = { rel: 1e-9, abs: 1e-14 }
  const check = (what: string, actual: number | null, value: number, tol = exact): Check => ({ what, actual, expected: value, ...tol })

  switch (method) {
    case 'TwoSidedTTest':
    case 'OneSidedTreatmentGreaterTTest':
    case 'OneSidedTreatmentLesserTTest':
    case 'SequentialTwoSidedTTest':
    case 'SequentialOneSidedTreatmentGreaterTTest':
    case 'SequentialOneSidedTreatmentLesserTTest':
      return frequentist()
    case 'EffectBayesianABTest':
      return bayesian()
    case 'EffectMoments': {
      const { point_estimate, standard_error, error_message } = expected as { point_estimate: number; standard_error: number; error_message: string | null }
      const arms = estimates()
      if ('differs' in arms) return arms
      if (error_message !== null) return { differs: errorReason }
      if (settings.difference_type === 'relative') {
        const lift = stats.answerOrNull(stats.deltaLift(arms.a, arms.b, 0))
        return { checks: [check('lift', lift && Math.sign(arms.a.m) * lift.lift, point_estimate), check('se of lift', lift?.se ?? null, standard_error)] }
      }
      const test = stats.answerOrNull(stats.welchFromEstimates(arms.a, arms.b))
      return { checks: [check('diff', test?.diff ?? null, point_estimate), check('se', test?.se ?? null, standard_error)] }
    }
    case 'EffectMomentsPostStratification':
      return { differs: stratifiedReason }
    case 'srm_pvalue': {
      const { users, weights } = input as { users: number[]; weights: number[] }
      if (users.length < weights.length) return { differs: 'an arm without a count is left out; ours counts it as 0' }
      const test = stats.srmTest(users, weights)
      if (!stats.isAnswer(test)) return { differs: 'p 1 where there is nothing to test; ours gives the reason' }
      return { checks: [check('p', test.p, (expected as { p_value: number }).p_value, literal)] }
    }
    case 'srm_pvalue_python': {
      const { users, weights } = input as { users: number[]; weights: number[] }
      if (weights.some((weight) => weight <= 0)) return { differs: 'degrees of freedom count arms without weight' }
      const test = stats.srmTest(users, weights)
      return stats.isAnswer(test) ? { checks: [check('p', test.p, (expected as { p_value: number }).p_value)] } : { differs: 'p 1 where there is nothing to test; ours gives the reason' }
    }
    case 'holm_bonferroni':
    case 'benjamini_hochberg': {
      const adjusted = stats.adjustPValues((input as { p_values: number[] }).p_values, method === 'benjamini_hochberg' ? 'bh' : 'holm')
      const theirs = (expected as { adjusted_in_input_order: number[] }).adjusted_in_input_order
      return { checks: theirs.map((value, i) => check(`p ${i}`, adjusted[i] ?? null, value, { rel: 0, abs: 1e-4 })) }
    }
    case 'sequential_halfwidth': {
      const { s2, n } = input as { s2: number; n: number }
      const theirs = expected as { rho_two_sided: number; halfwidth_two_sided: number; rho_one_sided: number; halfwidth_one_sided: number }
      const rho = stats.approximateRhoSquared(settings.alpha, settings.sequential_tuning_parameter)
      const rhoOne = stats.approximateRhoSquared(2 * settings.alpha, settings.sequential_tuning_parameter)
      const se = Math.sqrt(s2 / n)
      return {
        checks: [
          check('rho', Math.sqrt(rho), theirs.rho_two_sided),
          check('two-sided', se * stats.alwaysValidMultiplier(n, rho, settings.alpha), theirs.halfwidth_two_sided),
          check('rho, one-sided', Math.sqrt(rhoOne), theirs.rho_one_sided),
          check('one-sided', se * stats.alwaysValidOneSidedMultiplier(n, rhoOne, settings.alpha), theirs.halfwidth_one_sided),
        ],
      }
    }
    case 'get_risk': {
      const { mu, sigma } = input as { mu: number; sigma: number }
      const posterior = stats.answerOrNull(stats.normalPosterior(mu, sigma))
      const [keep, ship] = (expected as { risk: [number, number] }).risk
      return { checks: [check('loss of keeping', posterior?.lossIfKeep ?? null, keep), check('loss of shipping', posterior?.lossIfShip ?? null, ship)] }
    }
    case 'chance_to_win_flat_prior': {
      const { expected: effect, lower, upper } = input as { expected: number; lower: number | string; upper: number | string }
      if (typeof lower === 'string' && typeof upper === 'string') return { differs: errorReason }
      if (lower === upper) return { differs: 'chance read from an interval of no width; ours has no answer' }
      const z = stats.normalUpperQuantile(typeof lower === 'string' || typeof upper === 'string' ? settings.alpha : settings.alpha / 2)
      const half = typeof upper === 'string' ? effect - Number(lower) : typeof lower === 'string' ? upper - effect : (upper - lower) / 2
      const posterior = stats.answerOrNull(stats.normalPosterior(effect, half / z))
      const chance = posterior && (settings.inverse ? stats.normalCdf(-posterior.mean / posterior.sd) : posterior.chanceToBeat)
      return { checks: [check('chance', chance, (expected as { chance_to_win: number }).chance_to_win, literal)] }
    }
    case 'delta_method_variance': {
      const { varA, meanA, nA, varB, meanB, nB } = input as { varA: number; meanA: number; nA: number; varB: number; meanB: number; nB: number }
      const [a, b] = [{ m: meanA, v: varA / nA, n: nA }, { m: meanB, v: varB / nB, n: nB }]
      const se = settings.relative ? stats.answerOrNull(stats.deltaLift(a, b, 0))?.se : stats.answerOrNull(stats.welchFromEstimates(a, b))?.se
      return { checks: [check('variance', se === undefined ? null : se * se, (expected as { variance: number }).variance, literal)] }
    }
    case 'power_frequentist':
    case 'mde_frequentist':
    case 'power_and_mde':
      return power()
    case 'mde_bayesian':
      return { differs: 'effect detected by a posterior interval under a prior: ours plans for the test that decides' }
    case 'MidExperimentPower': {
      if (settings.prior_effect) return { differs: 'effect detected by a posterior interval under a prior: ours plans for the test that decides' }
      const { effect_moments: { standard_error: se, pairwise_sample_size: n } } = input as { effect_moments: { standard_error: number; pairwise_sample_size: number } }
      const { scaling_factor: theirs } = expected as { scaling_factor: number }
      const critical = settings.sequential ? stats.alwaysValidMultiplier(n * (1 + theirs), stats.approximateRhoSquared(settings.alpha, settings.sequential_tuning_parameter), settings.alpha) : stats.normalUpperQuantile(settings.alpha / 2)
      const extra = stats.answerOrNull(stats.extraUnitsNeeded({ n, se, mde: settings.target_mde, critical, power: settings.target_power }))
      // Theirs is found by halving intervals until the power is right to three digits.
      return { checks: [check('factor', extra === null ? null : extra / n, theirs, { rel: 2e-3, abs: 0 })] }
    }
    case 'statistic_moments': {
      const arm = estimate((input as { stat: Statistic }).stat)
      if ('differs' in arm) return arm
      const { mean, variance } = expected as { mean: number; variance: number }
      return { checks: [check('mean', arm.m, mean), check('variance', arm.v * arm.n, variance)] }
    }
    case 'BanditsSimple': {
      const { posterior_mean, posterior_variance } = input as { posterior_mean: number[]; posterior_variance: number[] }
      const { best_arm_probabilities: theirs } = expected as { best_arm_probabilities: number[] | null }
      if (!theirs) return { differs: errorReason }
      const best = stats.answerOrNull(stats.probabilityBest(posterior_mean, posterior_variance.map(Math.sqrt)))
      // Theirs are 10,000 draws.
      return { checks: theirs.map((value, i) => check(`P(best) of ${i}`, best?.[i] ?? null, value, { rel: 0, abs: 0.015 })) }
    }
    case 'compute_theta':
      return { differs: adjustedReason }
    case 'adjusted_ci':
      return { differs: 'interval bent until it agrees with an adjusted p: ours is computed at the level that decides' }
    case 'analyze_metric_df':
      return table()
    default:
      return { differs: `unknown method ${method}` }
  }

  function estimates(): { a: stats.Estimate; b: stats.Estimate } | { differs: string } {
    const { pairs } = input as { pairs: [Statistic, Statistic][] }
    if (settings.post_stratify && pairs.length > 1) return { differs: stratifiedReason }
    const [a, b] = [0, 1].map((arm) => estimate(sum(pairs.map((pair) => pair[arm] as Statistic)))) as [ReturnType<typeof estimate>, ReturnType<typeof estimate>]
    if ('differs' in a) return a
    return 'differs' in b ? b : { a, b }
  }

  function frequentist(): Reading {
    if (settings.difference_type === 'scaled') return { differs: scaledReason }
    if (settings.difference_type === 'relative') return { differs: relativeReason }
    const arms = estimates()
    if ('differs' in arms) return arms
    const theirs = expected as { expected: number; ci: [number | string, number | string]; uplift: { stddev: number }; pValue: number; errorMessage: string | null }
    if (theirs.errorMessage !== null) return { differs: errorReason }
    const oneSided = method.includes('OneSided')
    const greater = method.includes('Greater')
    const test = stats.answerOrNull(stats.welchFromEstimates(arms.a, arms.b, oneSided ? 2 * settings.alpha : settings.alpha))
    if (!test) return { checks: [check('test', null, theirs.expected)] }
    const units = arms.a.n + arms.b.n
    let critical = test.critical
    let p = oneSided ? (greater ? test.pGreater : test.pLess) : test.p
    let tolerance = { rel: 1e-6, abs: lostTail }
    if (method.startsWith('Sequential')) {
      const rho = stats.approximateRhoSquared(oneSided ? 2 * settings.alpha : settings.alpha, settings.sequential_tuning_parameter)
      critical = oneSided ? stats.alwaysValidOneSidedMultiplier(units, rho, settings.alpha) : stats.alwaysValidMultiplier(units, rho, settings.alpha)
      p = stats.alwaysValidP(test.t, units, rho).p
      tolerance = exact
    }
    const checks = [check('diff', test.diff, theirs.expected), check('se', test.se, theirs.uplift.stddev)]
    // Their one-sided sequential p tunes rho anew for every level it tries: no p of one sequence.
    if (!(method.startsWith('Sequential') && oneSided)) checks.push(check('p', p, theirs.pValue, tolerance))
    const [lower, upper] = theirs.ci
    if (typeof lower === 'number') checks.push(check('lower', test.diff - critical * test.se, lower, { rel: 1e-9, abs: 1e-12 }))
    if (typeof upper === 'number') checks.push(check('upper', test.diff + critical * test.se, upper, { rel: 1e-9, abs: 1e-12 }))
    return { checks }
  }

  function bayesian(): Reading {
    if (settings.difference_type === 'scaled') return { differs: scaledReason }
    const arms = estimates()
    if ('differs' in arms) return arms
    const theirs = expected as { expected: number; ci: [number, number]; chanceToWin: number; risk: [number, number]; errorMessage: string | null; uplift: { mean: number; stddev: number } }
    if (theirs.errorMessage !== null) return { differs: errorReason }
    const given = settings.prior_effect
    const absolute = settings.difference_type === 'absolute'
    // A prior of the lift, on the scale of the difference.
    const scale = absolute && settings.prior_type === 'relative' ? Math.abs(arms.a.m) : 1
    const prior = given?.proper ? { mean: given.mean * scale, sd: Math.sqrt(given.variance) * scale } : null
    const level = 1 - settings.alpha
    const test = stats.answerOrNull(stats.welchFromEstimates(arms.a, arms.b))
    const posterior = absolute ? test && stats.answerOrNull(stats.normalPosterior(test.diff, test.se, prior, level)) : stats.answerOrNull(stats.liftPosterior(arms.a, arms.b, prior, level))
    const [keep, ship] = settings.inverse ? [theirs.risk[1], theirs.risk[0]] : theirs.risk
    return {
      checks: [
        check('mean', posterior?.mean ?? null, theirs.uplift.mean),
        check('sd', posterior?.sd ?? null, theirs.uplift.stddev),
        check('chance', posterior && (settings.inverse ? stats.normalCdf(-posterior.mean / posterior.sd) : posterior.chanceToBeat), theirs.chanceToWin),
        check('lower', posterior?.ciLower ?? null, theirs.ci[0], { rel: 1e-9, abs: 1e-12 }),
        check('upper', posterior?.ciUpper ?? null, theirs.ci[1], { rel: 1e-9, abs: 1e-12 }),
        check('loss of keeping', posterior?.lossIfKeep ?? null, keep),
        check('loss of shipping', posterior?.lossIfShip ?? null, ship),
      ],
    }
  }

  /** A whole table of results: the split in each dimension, and every variation as the test it is. */
  function table(): Reading {
    const { metric, analysis } = settings as unknown as TableSettings
    const frequentist = analysis.stats_engine === 'frequentist'
    if (analysis.difference_type === 'relative' && frequentist) return { differs: relativeReason }
    if (metric.statistic_type.endsWith('_ra')) return { differs: adjustedReason }
    if (analysis.post_stratification_enabled) return { differs: stratifiedReason }
    const { dimensions } = input as { dimensions: { rows: Row[] }[] }
    const checks = dimensions.flatMap(({ rows }, at) => {
      const theirs = (expected as { srm: number; variations: { errorMessage?: string | null }[] }[])[at] ?? { srm: NaN, variations: [] }
      const arms = analysis.var_ids.map((_, i) => (i === 0 ? 'baseline' : `v${i}`))
      const split = stats.srmTest(arms.map((arm) => total(rows.map((row) => Number(row[`${arm}_users`])))), analysis.weights)
      const effects = arms.slice(1).flatMap((arm, i) => {
        const variation = theirs.variations[i + 1]
        if (!variation || variation.errorMessage) return []
        const pairs = rows.map((row) => [fromRow(row, 'baseline', metric), fromRow(row, arm, metric)])
        const prior = { mean: metric.prior_mean, variance: metric.prior_stddev ** 2, proper: metric.prior_proper }
        const one = { ...analysis, prior_type: 'relative', prior_effect: prior, inverse: metric.inverse, post_stratify: false } as unknown as Settings
        const reading = readGbCase({ id: '', method: frequentist ? 'TwoSidedTTest' : 'EffectBayesianABTest', settings: one, input: { pairs } as never, expected: variation as never, source })
        return 'checks' in reading ? reading.checks : [check(`variation ${i + 1}`, null, 0)]
      })
      // Below five expected units theirs answers all the same.
      return split.p === null ? effects : [check('split', split.p, theirs.srm), ...effects]
    })
    return checks.length === 0 ? { differs: errorReason } : { checks }
  }

  /** Power on their scale, the delta-method lift with the baseline's variance in both arms; their MDE is the effect at which that power is the target. */
  function power(): Reading {
    if (settings.engine === 'bayesian') return { differs: 'effect detected by a posterior interval under a prior: ours plans for the test that decides' }
    if (settings.sequential_tuning_parameter > 0) return { differs: 'sequential power with a widened standard error instead of a wider critical value: no power of that test' }
    const metric = input as { type: 'mean' | 'binomial'; mean: number; standardDeviation: number; conversionRate: number; effectSize_relative: number }
    const { power: theirPower, mde_relative: theirMde } = expected as { power?: number; mde_relative?: number }
    const n = settings.n_total / settings.n_variations
    const critical = stats.normalUpperQuantile(settings.alpha / 2)
    const powerAt = (effect: number) => {
      const baseline = metric.type === 'mean' ? metric.mean : metric.conversionRate
      const arm = (level: number): stats.Estimate => ({ m: level, v: metric.type === 'mean' ? metric.standardDeviation ** 2 / n : (baseline * (1 - baseline)) / n, n })
      const lift = stats.answerOrNull(stats.deltaLift(arm(baseline), arm(baseline * (1 + effect)), 0))
      return lift && stats.zTestPower(lift.lift / lift.se, critical)
    }
    const checks: Check[] = []
    if (theirPower !== undefined) checks.push(check('power', powerAt(metric.effectSize_relative), theirPower, literal))
    if (theirMde !== undefined) checks.push(check('power at their MDE', powerAt(theirMde), settings.target_power, { rel: 0, abs: 1e-3 }))
    return { checks }
  }
}

interface TableSettings {
  metric: { statistic_type: string; main_metric_type: string; inverse: boolean; prior_proper: boolean; prior_mean: number; prior_stddev: number }
  analysis: { difference_type: string; stats_engine: string; post_stratification_enabled: boolean; var_ids: string[]; weights: number[] }
}

/** Columns without a value are left out. */
type Row = Record<string, string | number | undefined>

function fromRow(row: Row, arm: string, metric: TableSettings['metric']): Statistic {
  const cell = (name: string) => Number(row[`${arm}_${name}`] ?? 0)
  const n = cell('users')
  const main = { n, sum: cell('main_sum'), sum_squares: cell('main_sum_squares') }
  if (metric.statistic_type === 'ratio') {
    return { type: 'RatioStatistic', n, m_statistic: main, d_statistic: { n, sum: cell('denominator_sum'), sum_squares: cell('denominator_sum_squares') }, m_d_sum_of_products: cell('main_denominator_sum_product') }
  }
  return metric.main_metric_type === 'binomial' ? { type: 'ProportionStatistic', n, sum: main.sum } : { type: 'SampleMeanStatistic', ...main }
}

/** Strata together, where nothing is adjusted for them. */
function sum(all: readonly Statistic[]): Statistic {
  const [first] = all as [Statistic]
  if (all.length === 1) return first
  const add = (parts: readonly Sums[]): Sums => ({ n: total(parts.map(({ n }) => n)), sum: total(parts.map((part) => part.sum)), sum_squares: total(parts.map((part) => part.sum_squares)) })
  if (first.type === 'SampleMeanStatistic') return { type: first.type, ...add(all as readonly Sums[]) }
  if (first.type !== 'RatioStatistic') return first
  const parts = all as readonly (typeof first)[]
  return { type: first.type, n: total(parts.map(({ n }) => n)), m_statistic: add(parts.map((part) => part.m_statistic)), d_statistic: add(parts.map((part) => part.d_statistic)), m_d_sum_of_products: total(parts.map((part) => part.m_d_sum_of_products)) }
}

function total(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}

function estimate(statistic: Statistic): stats.Estimate | { differs: string } {
  const { n } = statistic
  switch (statistic.type) {
    case 'SampleMeanStatistic':
      return stats.meanEstimate({ n, mean: statistic.sum / n, variance: (statistic.sum_squares - statistic.sum ** 2 / n) / (n - 1) })
    case 'ProportionStatistic': {
      // Theirs divides by n, ours by n - 1; the test of the estimates is the same.
      const p = statistic.sum / n
      return { m: p, v: (p * (1 - p)) / n, n }
    }
    case 'RatioStatistic': {
      const { m_statistic: num, d_statistic: den } = statistic
      const ratio = stats.ratioFromSums({ n, sumNum: num.sum, sumDen: den.sum, sumNum2: num.sum_squares, sumDen2: den.sum_squares, sumNumDen: statistic.m_d_sum_of_products })
      return stats.isAnswer(ratio) ? stats.ratioEstimate(ratio) : { differs: errorReason }
    }
    case 'QuantileStatistic': {
      const { quantile_hat: point, quantile_lower: lower, quantile_upper: upper, n_star } = statistic
      if (n_star !== n) return { differs: 'quantile interval from a capped number of rows, scaled up: ours ranks all values' }
      const answer = stats.estimateFromOrderStatistics({ n, values: n, point, lower, upper, ranks: stats.quantileRanks(n, statistic.nu) })
      // Theirs has n - 1 where ours has n.
      return stats.isAnswer(answer) ? { ...answer, v: (answer.v * (n - 1)) / n } : { differs: errorReason }
    }
    case 'QuantileClusteredStatistic':
      return { differs: 'variance of a clustered quantile from its density, where ours widens the ranks' }
    default:
      return { differs: adjustedReason }
  }
}
