/** What every test consumes: a point estimate, the variance OF THE ESTIMATE, and the number of units behind it. */
export interface Estimate {
  m: number
  v: number
  n: number
}

/** Units of one arm: count, mean and SAMPLE variance of the unit values (divisor n - 1). */
export interface Sample {
  n: number
  mean: number
  variance: number
}

/** Mean of a sample, with variance / n. */
export function meanEstimate({ n, mean, variance }: Sample): Estimate {
  return { m: mean, v: variance / n, n }
}

/** `x` successes of `n` units as a sample: the Bernoulli sample variance p(1 - p) n / (n - 1). NaN variance below two units. */
export function proportionSample(x: number, n: number): Sample {
  const p = x / n
  return { n, mean: p, variance: n > 1 ? (p * (1 - p) * n) / (n - 1) : NaN }
}

export type EstimateStatus = 'ok' | 'invalid_input' | 'no_units' | 'one_unit' | 'zero_denominator' | 'zero_variance'
export type EstimateFlag = 'sparse' | 'one_arm_zero_variance' | 'small_sample' | 'zero_baseline' | 'relative_unbounded'

/** One arm as it is checked before any inference. `sumDen` is the denominator's sum, of ratios only. */
export interface ArmSample extends Sample {
  sumDen?: number
}

/**
 * Whether two arms can be compared at all, and what a reader must know about the comparison.
 *
 * The first status that applies: `invalid_input` (NaN, infinite, negative or fractional counts, x > n), `no_units`, `one_unit`,
 * `zero_denominator`, `zero_variance` (in both arms), else `ok`. Flags are given for `ok` and `zero_variance` only:
 * `sparse` (a proportion with fewer than 25 expected successes or failures in an arm, by the pooled rate), `one_arm_zero_variance`,
 * `small_sample` (fewer than 100 units in an arm), `zero_baseline` (no relative lift), `relative_unbounded` (control's mean is not clear of 0 at z).
 */
export function estimateStatus(type: 'proportion' | 'mean' | 'ratio', a: ArmSample, b: ArmSample, critical = 1.959963984540054): { status: EstimateStatus; flags: EstimateFlag[] } {
  const arms = [a, b]
  const fail = (status: EstimateStatus) => ({ status, flags: [] })
  if (arms.some(({ n }) => !Number.isSafeInteger(n) || n < 0)) return fail('invalid_input')
  // A ratio over nothing has neither mean nor variance: it is reported as such below.
  const filled = arms.filter(({ n, sumDen }) => n > 0 && !(type === 'ratio' && sumDen === 0))
  if (filled.some(({ mean }) => !Number.isFinite(mean)) || filled.some(({ n, variance }) => n > 1 && !(variance >= 0 && variance < Infinity))) return fail('invalid_input')
  if (type === 'proportion' && filled.some(({ mean }) => mean < 0 || mean > 1)) return fail('invalid_input')
  if (arms.some(({ n }) => n === 0)) return fail('no_units')
  if (arms.some(({ n }) => n === 1)) return fail('one_unit')
  if (type === 'ratio' && arms.some(({ sumDen }) => sumDen === 0)) return fail('zero_denominator')

  const flags: EstimateFlag[] = []
  const pooled = (a.n * a.mean + b.n * b.mean) / (a.n + b.n)
  if (type === 'proportion' && Math.min(a.n, b.n) * Math.min(pooled, 1 - pooled) < 25) flags.push('sparse')
  if (a.variance === 0 && b.variance === 0) return { status: 'zero_variance', flags }
  if (a.variance === 0 || b.variance === 0) flags.push('one_arm_zero_variance')
  if (a.n < 100 || b.n < 100) flags.push('small_sample')
  if (a.mean === 0) flags.push('zero_baseline')
  else if (a.mean ** 2 <= (critical ** 2 * a.variance) / a.n) flags.push('relative_unbounded')
  return { status: 'ok', flags }
}
