import { finite, mapAnswer, noAnswer, type Answer } from './answer.ts'
import { normalCdf, normalSurvival, normalUpperQuantile } from './normal.ts'
import { crossingProbabilities, groupSequentialBoundaries, type Spending } from './group-sequential.ts'
import { alwaysValidMultiplier, tuneRhoSquared } from './always-valid.ts'
import { integrate } from './quadrature.ts'
import { tUpperQuantile } from './student-t.ts'

export type PowerMode = 'fixed' | 'group_sequential' | 'always_valid'

/** Multiplier c that a design of this mode must clear at its planned size: the z quantile, or that of a sequence tuned to the plan. A group-sequential design adds `groupSequentialInflation` to the size instead. */
export function planningCritical(mode: PowerMode, alpha: number): number {
  return mode === 'always_valid' ? alwaysValidMultiplier(1, tuneRhoSquared(alpha, 1), alpha) : normalUpperQuantile(alpha / 2)
}

/**
 * Units per arm to see a difference `delta` of means with the given power: nA = (c + z_power)^2 (sdA^2 + sdB^2 / ratio) / delta^2, nB = ratio nA.
 *
 * H0: no difference, two-sided at alpha. Normal approximation. Not rounded. No answer for no difference, or where nothing varies.
 */
export function sampleSizeMeans(input: { sdA: number; sdB: number; delta: number; alpha: number; power: number; ratio?: number; critical?: number }): Answer<{ nA: number; nB: number }> {
  if (!(input.sdA >= 0 && input.sdB >= 0 && isShare(input.alpha) && isShare(input.power) && (input.ratio ?? 1) > 0)) return noAnswer('invalid_input')
  if (input.delta === 0) return noAnswer('out_of_reach')
  if (input.sdA + input.sdB === 0) return noAnswer('zero_variance')
  const ratio = input.ratio ?? 1
  const reach = (input.critical ?? normalUpperQuantile(input.alpha / 2)) + normalUpperQuantile(1 - input.power)
  const nA = (reach * reach * (input.sdA ** 2 + input.sdB ** 2 / ratio)) / input.delta ** 2
  return finite({ nA, nB: ratio * nA })
}

function isShare(value: number): boolean {
  return value > 0 && value < 1
}

/** Units per arm for two proportions with the pooled variance under H0, as R's power.prop.test. */
export function sampleSizeProportionsPooled(p1: number, p2: number, alpha: number, power: number): Answer<number> {
  if (!(p1 >= 0 && p1 <= 1 && p2 >= 0 && p2 <= 1 && isShare(alpha) && isShare(power))) return noAnswer('invalid_input')
  if (p1 === p2) return noAnswer('out_of_reach')
  const pooled = (p1 + p2) / 2
  const reach = normalUpperQuantile(alpha / 2) * Math.sqrt(2 * pooled * (1 - pooled)) + normalUpperQuantile(1 - power) * Math.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
  return finite((reach / (p1 - p2)) ** 2)
}

/**
 * Units per arm, two equal arms, for a relative minimum effect on `baseline`. `sd` null: a proportion, with sd from p(1 - p) at both rates;
 * otherwise the standard deviation of a unit's value in either arm.
 */
export function sampleSizeRelative(input: { baseline: number; relativeMde: number; sd: number | null; alpha: number; power: number; critical?: number }): Answer<{ perArm: number; total: number }> {
  const { baseline, relativeMde, sd } = input
  if (baseline === 0) return noAnswer('zero_baseline')
  const treated = baseline * (1 + relativeMde)
  const sdA = sd ?? Math.sqrt(baseline * (1 - baseline))
  const sdB = sd ?? Math.sqrt(treated * (1 - treated))
  return mapAnswer(sampleSizeMeans({ ...input, sdA, sdB, delta: treated - baseline }), ({ nA }) => finite({ perArm: nA, total: 2 * nA }))
}

/** Units per arm to show non-inferiority of a proportion within `relativeMargin` of its baseline, when there is no difference: 2 (z_alpha + z_power)^2 p (1 - p) / (margin p)^2. */
export function sampleSizeNonInferiority(baseline: number, relativeMargin: number, alphaOneSided: number, power: number): Answer<number> {
  if (baseline === 0) return noAnswer('zero_baseline')
  if (!(isShare(baseline) && relativeMargin > 0 && isShare(alphaOneSided) && isShare(power))) return noAnswer('invalid_input')
  const reach = normalUpperQuantile(alphaOneSided) + normalUpperQuantile(1 - power)
  return finite((reach ** 2 * 2 * baseline * (1 - baseline)) / (relativeMargin * baseline) ** 2)
}

/** Smallest difference seen with the given power at nA and nB units, and the power a z test at `critical` then has. */
export function minimumDetectableEffect(input: { nA: number; nB: number; sd: number; alpha: number; power: number; mode: PowerMode }): Answer<{ mde: number; critical: number; powerAtMde: number }> {
  if (!(input.nA >= 0 && input.nB >= 0 && input.sd >= 0 && isShare(input.alpha) && isShare(input.power))) return noAnswer('invalid_input')
  if (Math.min(input.nA, input.nB) === 0) return noAnswer('no_units')
  if (input.sd === 0) return noAnswer('zero_variance')
  const critical = planningCritical(input.mode, input.alpha)
  const se = input.sd * Math.sqrt(1 / input.nA + 1 / input.nB)
  const mde = (critical + normalUpperQuantile(1 - input.power)) * se
  return finite({ mde, critical, powerAtMde: zTestPower(mde / se, critical) })
}

/** Chance that |z| exceeds `critical` when z has mean `shift`. */
export function zTestPower(shift: number, critical: number): number {
  return normalSurvival(critical - shift) + normalCdf(-critical - shift)
}

/** What looking `looks` times at O'Brien-Fleming boundaries costs: the factor on the fixed sample size that keeps the power. */
export function groupSequentialInflation(looks: number, alphaTwoSided: number, power: number, spending: Spending = 'obf'): Answer<{ drift: number; inflationFactor: number; finalCritical: number }> {
  if (!(Number.isSafeInteger(looks) && looks > 0 && isShare(alphaTwoSided) && isShare(power))) return noAnswer('invalid_input')
  const fractions = Array.from({ length: looks }, (_, i) => (i + 1) / looks)
  const { z } = groupSequentialBoundaries(fractions, alphaTwoSided / 2, spending)
  const reached = (drift: number) => crossingProbabilities(fractions, z, drift).at(-1) as number
  const fixed = normalUpperQuantile(alphaTwoSided / 2) + normalUpperQuantile(1 - power)
  // Secant steps: the power is smooth and nearly linear in the drift here.
  let [x0, x1] = [fixed, fixed * 1.05]
  let f0 = reached(x0) - power
  for (let i = 0; i < 30 && Math.abs(x1 - x0) > 1e-10; i++) {
    const f1 = reached(x1) - power
    if (f1 === f0) break
    ;[x0, x1, f0] = [x1, x1 - (f1 * (x1 - x0)) / (f1 - f0), f1]
  }
  return finite({ drift: x1, inflationFactor: (x1 / fixed) ** 2, finalCritical: z.at(-1) as number })
}

/** Power each metric needs so that a success metric and `guardrails` non-inferiority tests pass together: 1 - beta / (G + 1). Source: Schultzberg, Ankargren & Franberg (2024). */
export function powerPerMetric(power: number, guardrails: number): number {
  return 1 - (1 - power) / (guardrails + 1)
}

/** Days to collect `nTotal` units, at least `minDays`, by default rounded up to whole weeks so that every weekday counts equally. No answer without units. */
export function durationDays(input: { nTotal: number; unitsPerDay: number; minDays: number; wholeWeeks?: boolean }): Answer<number> {
  if (!(input.nTotal >= 0 && input.unitsPerDay >= 0 && input.minDays >= 0)) return noAnswer('invalid_input')
  if (input.unitsPerDay === 0) return noAnswer('no_units')
  const days = Math.max(Math.ceil(input.nTotal / input.unitsPerDay), input.minDays)
  return finite((input.wholeWeeks ?? true) ? Math.ceil(days / 7) * 7 : days)
}

/** Power of the two-sample t test with `n` per arm in the direction of `delta` (as R's power.t.test): the upper tail of the non-central t by quadrature over the pooled sd. */
export function tTestPower(input: { n: number; delta: number; sd: number; alpha: number }): Answer<number> {
  if (!(input.n >= 2 && input.sd > 0 && isShare(input.alpha))) return noAnswer('invalid_input')
  return finite(tPower(input))
}

function tPower(input: { n: number; delta: number; sd: number; alpha: number }): number {
  const df = 2 * (input.n - 1)
  const shift = (input.delta / input.sd) * Math.sqrt(input.n / 2)
  const critical = tUpperQuantile(input.alpha / 2, df)
  // T > c given S = s: Z > c s - shift; s^2 is chi-square / df. Density of s by logs, normalised numerically.
  const peak = Math.sqrt(Math.max(df - 1, 0.25) / df)
  const logPeak = (df - 1) * Math.log(peak) - (df * peak * peak) / 2
  const density = (s: number) => Math.exp((df - 1) * Math.log(s) - (df * s * s) / 2 - logPeak)
  const width = 1 / Math.sqrt(2 * df)
  const breaks = Array.from({ length: 61 }, (_, i) => peak + (i - 30) * width * 0.5).filter((s) => s > 0)
  if (breaks.length < 61) breaks.unshift(0)
  return integrate((s) => density(s) * normalSurvival(critical * s - shift), breaks) / integrate(density, breaks)
}

/** Units per arm for the t test, fractional, by bisection of `tTestPower`. */
export function sampleSizeT(input: { sd: number; delta: number; alpha: number; power: number }): Answer<number> {
  if (!(input.sd > 0 && isShare(input.alpha) && isShare(input.power))) return noAnswer('invalid_input')
  if (!(input.delta > 0)) return noAnswer('out_of_reach')
  let low = 2
  let high = 4
  while (tPower({ ...input, n: high }) < input.power && high < 1e12) high *= 2
  while (high - low > 1e-9 * high) {
    const middle = (low + high) / 2
    if (tPower({ ...input, n: middle }) < input.power) low = middle
    else high = middle
  }
  return finite((low + high) / 2)
}

export interface OutcomeShares {
  trueEffectOverMde: number
  confirmed: number
  harmful: number
  rejected: number
  inconclusive: number
}

/**
 * How often a fixed design without guardrails, planned for `power` at the minimum effect, ends in each verdict when the true effect is the given multiple of it.
 *
 * Exact for a normal estimate: harmful when the interval lies below 0, confirmed when it lies above 0, rejected when it otherwise lies below the minimum effect.
 */
export function operatingCharacteristics(alpha: number, power: number, multiples: readonly number[] = [0, 0.25, 0.5, 1, 1.5, -0.5]): OutcomeShares[] {
  const c = normalUpperQuantile(alpha / 2)
  const mde = c + normalUpperQuantile(1 - power)
  return multiples.map((trueEffectOverMde) => {
    const shift = trueEffectOverMde * mde
    const harmful = normalCdf(-c - shift)
    const confirmed = normalSurvival(c - shift)
    const rejected = Math.max(0, normalCdf(Math.min(c, mde - c) - shift) - harmful)
    return { trueEffectOverMde, confirmed, harmful, rejected, inconclusive: 1 - confirmed - harmful - rejected }
  })
}

/** Extra units over `n` that an underpowered result still needs, from the observed variance and never from the observed effect: n (((c + z_power) se / mde)^2 - 1), at least 0. */
export function extraUnitsNeeded(input: { n: number; se: number; mde: number; critical: number; power: number }): Answer<number> {
  if (!(input.n >= 0 && input.se >= 0 && isShare(input.power))) return noAnswer('invalid_input')
  if (input.mde === 0) return noAnswer('out_of_reach')
  const factor = (((input.critical + normalUpperQuantile(1 - input.power)) * input.se) / input.mde) ** 2
  return finite(Math.max(0, input.n * (factor - 1)))
}
