import { lambertWMinusOne } from './lambert-w.ts'

/** Units of the two arms for which an always-valid interval is tightest where a plan names no size. */
export const defaultTunedUnits = 20_000

/**
 * rho^2 of the asymptotic confidence sequence that is tightest at `tunedUnits` units of both arms together.
 *
 * It must be fixed when the experiment starts. Source: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas (2024), arXiv 2103.06476, eq. 10: (-W_{-1}(-alpha^2 / e) - 1) / N*.
 */
export function tuneRhoSquared(alpha: number, tunedUnits: number): number {
  return (-lambertWMinusOne(-(alpha * alpha) / Math.E) - 1) / tunedUnits
}

/** The approximation of `tuneRhoSquared` that other tools use, for comparison with them. */
export function approximateRhoSquared(alpha: number, tunedUnits: number): number {
  const a = -2 * Math.log(alpha)
  return (a + Math.log(1 + a)) / tunedUnits
}

/** Multiplier of the standard error in a two-sided interval that may be read at every look. `units`: both arms together, so far. eq. 9 of the same paper. */
export function alwaysValidMultiplier(units: number, rhoSquared: number, alpha: number): number {
  const tau = units * rhoSquared
  return Math.sqrt(((tau + 1) / tau) * Math.log((tau + 1) / (alpha * alpha)))
}

/** Multiplier of a one-sided limit at level `alpha`; tune rho with 2 alpha. */
export function alwaysValidOneSidedMultiplier(units: number, rhoSquared: number, alpha: number): number {
  const tau = units * rhoSquared
  return Math.sqrt(((2 * (tau + 1)) / tau) * Math.log(1 + Math.sqrt(tau + 1) / (2 * alpha)))
}

/** Always-valid p of a z statistic and ln of the e-value behind it. Report the running minimum of p over looks. */
export function alwaysValidP(z: number, units: number, rhoSquared: number): { p: number; logE: number } {
  const tau = units * rhoSquared
  const logE = (z * z * tau) / (2 * (1 + tau)) - Math.log1p(tau) / 2
  return { p: Math.min(1, Math.exp(-logE)), logE }
}

/**
 * Always-valid one-sided p of H0: no effect above 0, for z turned so that more is what is tested for; tune rho with 2 alpha.
 *
 * The level at which `alwaysValidOneSidedMultiplier` would just be reached: sqrt(tau + 1) / (2 (exp(z^2 tau / (2 (tau + 1))) - 1)), at most 1.
 */
export function alwaysValidOneSidedP(z: number, units: number, rhoSquared: number): number {
  if (!(z > 0)) return 1
  const tau = units * rhoSquared
  return Math.min(1, Math.sqrt(tau + 1) / (2 * Math.expm1((z * z * tau) / (2 * (tau + 1)))))
}

/** Smallest always-valid p so far, at each look. */
export function runningAlwaysValidP(looks: readonly { z: number; units: number }[], rhoSquared: number): number[] {
  let smallest = 1
  return looks.map(({ z, units }) => (smallest = Math.min(smallest, alwaysValidP(z, units, rhoSquared).p)))
}

/**
 * Mixture sequential probability ratio test of H0: no difference, with a normal mixing variance: the same object as the confidence sequence with tau = tau^2 / v.
 *
 * Source: Johari, Koomen, Pekelis & Walsh (2017), KDD.
 */
export function msprt(diff: number, variance: number, mixingVariance: number, alpha: number): { p: number; logLambda: number; halfWidth: number } {
  const total = variance + mixingVariance
  const logLambda = Math.log(variance / total) / 2 + (mixingVariance * diff * diff) / (2 * variance * total)
  const halfWidth = Math.sqrt(((2 * variance * total) / mixingVariance) * (Math.log(1 / alpha) - Math.log(variance / total) / 2))
  return { p: Math.min(1, Math.exp(-logLambda)), logLambda, halfWidth }
}
