import { finite, noAnswer, type Answer } from './answer.ts'
import type { Estimate } from './estimate.ts'

export interface Lift {
  lift: number
  bounded: boolean
  ciLower: number | null
  ciUpper: number | null
}

/**
 * Fieller's interval of the relative lift (mB - mA) / |mA| for a multiplier `critical` of the standard error.
 *
 * It excludes 0 exactly when the absolute interval with the same multiplier does. Unbounded (limits null) while control's own mean is not
 * clear of 0 at that multiplier; no answer at mA = 0. Assumes independent, approximately normal estimates.
 * Solved in centred form, both roots without cancellation. Source: Fieller (1954), JRSS B 16.
 */
export function fiellerLift(control: Estimate, treatment: Estimate, critical: number): Answer<Lift> {
  if (!(control.v >= 0 && treatment.v >= 0 && critical >= 0)) return noAnswer('invalid_input')
  if (control.m === 0) return noAnswer('zero_baseline')
  const sign = Math.sign(control.m)
  const base = sign * control.m
  const diff = treatment.m - control.m
  // In units of a positive baseline the lift keeps the sign of the difference: (mB - mA) / |mA|.
  const d = sign * diff
  const c2 = critical * critical
  const a = base * base - c2 * control.v
  const lift = diff / base
  if (!(a > 0)) return finite({ lift, bounded: false, ciLower: null, ciUpper: null })
  const b = base * d + c2 * control.v
  const e = d * d - c2 * (control.v + treatment.v)
  const root = Math.sqrt(Math.max(0, b * b - a * e))
  const q = b >= 0 ? b + root : b - root
  const first = q / a
  const second = q === 0 ? 0 : e / q
  const [low, high] = first < second ? [first, second] : [second, first]
  return finite(sign > 0 ? { lift, bounded: true, ciLower: low, ciUpper: high } : { lift, bounded: true, ciLower: -high, ciUpper: -low })
}

export interface SymmetricLift {
  lift: number
  se: number
  ciLower: number
  ciUpper: number
}

/** Delta-method lift (mB - mA) / mA with a symmetric interval. Kept for comparison with other tools and for normal posteriors; no answer at mA = 0. */
export function deltaLift(control: Estimate, treatment: Estimate, critical: number): Answer<SymmetricLift> {
  if (control.m === 0) return noAnswer('zero_baseline')
  const lift = (treatment.m - control.m) / control.m
  const ratio = treatment.m / control.m
  const se = Math.sqrt(treatment.v + ratio * ratio * control.v) / Math.abs(control.m)
  return finite({ lift, se, ciLower: lift - critical * se, ciUpper: lift + critical * se })
}

export interface LogLift {
  lift: number
  logSe: number
  ciLower: number
  ciUpper: number
}

/** Lift with an interval that is symmetric for ln(mB / mA); no answer unless both means are positive. */
export function logLift(control: Estimate, treatment: Estimate, critical: number): Answer<LogLift> {
  if (control.m === 0 || treatment.m === 0) return noAnswer('zero_baseline')
  if (!(control.m > 0 && treatment.m > 0)) return noAnswer('invalid_input')
  const log = Math.log1p((treatment.m - control.m) / control.m)
  const logSe = Math.sqrt(control.v / control.m ** 2 + treatment.v / treatment.m ** 2)
  return finite({ lift: (treatment.m - control.m) / control.m, logSe, ciLower: Math.expm1(log - critical * logSe), ciUpper: Math.expm1(log + critical * logSe) })
}
