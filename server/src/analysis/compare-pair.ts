import type { ArmResult, ComparisonResult } from '../contract/analysis.ts'
import type { Plan, PlanMetric } from '../contract/experiments.ts'
import {
  alwaysValidMultiplier, alwaysValidP, answerOrNull, deltaLift, fiellerLift, liftPosterior, meanEstimate, newcombeInterval, newcombeLift, normalCdf, normalUpperQuantile, tScale, tuneRhoSquared, tUpperQuantile, type WelchResult,
} from '../stats/index.ts'
import { isReadyForAlwaysValid, type CriticalValues } from './critical-values.ts'
import { tooFewForScore, type Level } from './levels.ts'
import { counts, effectOf, pairOf, type Pair } from './pair.ts'

/** A pair as the page and the exports show it, with the interval that decides where it is another one. */
export function compare(pair: Pair, uncapped: Pair | null, decidedBy: ComparisonResult['decidedBy']): ComparisonResult {
  const { arm, status, test, adjusted } = pair
  const flags = [...pair.flags]
  const { bounded, ...effect } = effectOf(pair)
  if (!bounded && !flags.includes('relative_unbounded')) flags.push('relative_unbounded')
  const posterior = posteriorOf(pair)
  return {
    arm, status, flags, ...effect,
    t: test?.t ?? null,
    df: test?.df ?? null,
    liftSe: (test && answerOrNull(deltaLift(meanEstimate(pair.a), meanEstimate(pair.b), 0))?.se) ?? null,
    chanceBetter: posterior.chanceBetter,
    expectedLoss: posterior.expectedLoss,
    ...(decidedBy ? { decidedBy } : {}),
    ...(adjusted ? { adjustment: { method: 'cuped', theta: adjusted.theta, varianceReduction: adjusted.varianceReduction, raw: plain(adjusted.raw) } } : {}),
    ...(uncapped ? { uncapped: plain(uncapped) } : {}),
  }
}

/** The pair of the values as they were before capping; null where nothing was capped. */
export function uncappedPair(metric: PlanMetric, control: ArmResult, treatment: ArmResult): Pair | null {
  if (!control.uncapped || !treatment.uncapped || (control.capped ?? 0) + (treatment.capped ?? 0) === 0) return null
  return pairOf(metric, { ...control, ...control.uncapped }, { ...treatment, ...treatment.uncapped })
}

/** The interval at the plan's level and by its mode; absent where it is the one that `compare` shows anyway. */
export function decide(pair: Pair, plan: Plan, critical: CriticalValues, { alpha, p }: Level): ComparisonResult['decidedBy'] {
  const { a, b, test } = pair
  if (!test) return undefined
  const sparse = pair.flags.includes('sparse')
  const several = plan.arms.length > 2
  if (critical.boundary) {
    const z = critical.boundary(alpha / 2)
    return sparse ? byScore(pair, 'group_sequential_newcombe', z, null) : byWelch(pair, test, 'group_sequential', tScale(z, test.df), null)
  }
  if (plan.mode !== 'fixed') {
    if (!isReadyForAlwaysValid(pair)) return { method: 'always_valid', p: null, ciLower: null, ciUpper: null, liftLower: null, liftUpper: null }
    const rho = tuneRhoSquared(alpha, critical.tunedUnits(pair.arm))
    const units = a.n + b.n
    return byWelch(pair, test, 'always_valid', tScale(alwaysValidMultiplier(units, rho, alpha), test.df), alwaysValidP(test.t, units, rho).p)
  }
  const suffix = several ? '_holm' : ''
  if (sparse) return byScore(pair, (tooFewForScore(pair) ? 'fisher_newcombe' : 'score_newcombe') + suffix, normalUpperQuantile(alpha / 2), p)
  if (!several && alpha === 0.05) return undefined
  return byWelch(pair, test, `welch${suffix}`, tUpperQuantile(alpha / 2, test.df), p)
}

function plain(pair: Pair) {
  const { bounded: _, ...effect } = effectOf(pair)
  return effect
}

/** With a flat prior, turned so that better is more. Where control is at zero there is no lift to lose, only a chance to be better. */
function posteriorOf({ a, b, test, direction }: Pair): { chanceBetter: number | null; expectedLoss: number | null } {
  if (!test) return { chanceBetter: null, expectedLoss: null }
  const up = direction === 'increase'
  const posterior = answerOrNull(liftPosterior(meanEstimate(a), meanEstimate(b)))
  if (!posterior) return { chanceBetter: normalCdf(up ? test.t : -test.t), expectedLoss: null }
  const z = posterior.mean / posterior.sd
  return { chanceBetter: normalCdf(up ? z : -z), expectedLoss: up ? posterior.lossIfShip : posterior.lossIfKeep }
}

function byWelch({ a, b }: Pair, test: WelchResult, method: string, multiplier: number, p: number | null): ComparisonResult['decidedBy'] {
  const lift = answerOrNull(fiellerLift(meanEstimate(a), meanEstimate(b), multiplier))
  return { method, p, ciLower: test.diff - multiplier * test.se, ciUpper: test.diff + multiplier * test.se, liftLower: lift?.ciLower ?? null, liftUpper: lift?.ciUpper ?? null }
}

function byScore({ a, b }: Pair, method: string, z: number, p: number | null): ComparisonResult['decidedBy'] {
  const interval = answerOrNull(newcombeInterval(counts(a), counts(b), z))
  const lift = answerOrNull(newcombeLift(counts(a), counts(b), z))
  return { method, p, ciLower: interval?.lower ?? null, ciUpper: interval?.upper ?? null, liftLower: lift?.lower ?? null, liftUpper: lift?.upper ?? null }
}
