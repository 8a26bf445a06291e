import type { Analysis, MetricResult, Verdict } from '../contract/analysis.ts'
import type { Plan } from '../contract/experiments.ts'
import { planEnded, srmBlock, srmWarn } from './arm-verdict.ts'
import { decidingLimits, pWords, signedPercent } from './effect-words.ts'
import { decidingInterval } from './pair.ts'

type Check = Verdict['checks'][number]

/** The sealed rule as ticks: what it asks, whether it holds (null: not known yet), and the evidence. */
export function verdictChecks(plan: Plan, analysis: Omit<Analysis, 'verdict'>): Check[] {
  const ended = planEnded({ informationFraction: analysis.informationFraction, days: analysis.days, plannedDays: plan.plannedDays })
  const several = plan.arms.length > 2
  const people = analysis.arms.reduce((sum, arm) => sum + arm.n, 0)
  const counted = analysis.metrics.find((metric) => metric.role === 'primary')?.arms.reduce((sum, arm) => sum + arm.n, 0) ?? 0
  const progress = [
    plan.plannedUnits === null ? null : `${counted.toLocaleString('en-GB')} of ${plan.plannedUnits.toLocaleString('en-GB')} planned people`,
    plan.plannedDays === null ? null : `${Math.floor(analysis.days)} of ${plan.plannedDays} planned days`,
  ].filter((part) => part !== null)
  const crossedShare = analysis.crossedUnits / Math.max(1, people + analysis.crossedUnits)
  const checks: Check[] = [
    splitCheck(analysis, ended),
    { label: 'Each person met one arm only', holds: analysis.crossedUnits < 10 || crossedShare <= 0.01, evidence: analysis.crossedUnits === 0 ? 'Nobody met two arms.' : `${analysis.crossedUnits.toLocaleString('en-GB')} met more than one and are left out (${signedless(crossedShare)}; the limit is 1%).` },
    { label: `It ran for at least ${plan.minDays} days`, holds: analysis.days >= plan.minDays, evidence: `${Math.floor(analysis.days)} days.` },
    { label: 'The planned size or duration is reached', holds: progress.length === 0 ? null : ended, evidence: progress.length === 0 ? 'The plan is open-ended; its intervals may be read at any time.' : `${progress.join('; ')}.` },
  ]
  for (const metric of analysis.metrics) {
    if (metric.role === 'secondary') continue
    for (const comparison of metric.comparisons) {
      const of = several ? ` (${comparison.arm})` : ''
      checks.push(...(metric.role === 'primary' ? primaryChecks(plan, metric, comparison, of) : [guardrailCheck(metric, comparison, of)]))
    }
  }
  return checks
}

function splitCheck(analysis: Omit<Analysis, 'verdict'>, ended: boolean): Check {
  const { p, sequentialP } = analysis.srm
  const label = 'The arms filled in the planned ratio'
  if (p === null && sequentialP === null) return { label, holds: null, evidence: 'Too few people to tell.' }
  const blocked = (sequentialP !== null && sequentialP < srmBlock) || (ended && p !== null && p < srmBlock)
  const words = [p === null ? null : `chi-square ${pWords(p)}`, sequentialP === null ? null : `checked daily: ${pWords(sequentialP)}`].filter((part) => part !== null).join('; ')
  const warned = !blocked && Math.min(p ?? 1, sequentialP ?? 1) < srmWarn
  return { label, holds: !blocked, evidence: `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}${warned ? `: unusual (below ${srmWarn}), but not below the ${srmBlock} that would block the verdict` : ''}.` }
}

function primaryChecks(plan: Plan, metric: MetricResult, comparison: MetricResult['comparisons'][number], of: string): Check[] {
  const interval = decidingInterval(comparison, metric.direction)
  const evidence = intervalEvidence(comparison)
  const minimum = plan.minimumEffect
  const goal = signedPercent(metric.direction === 'increase' ? minimum : -minimum)
  return [
    { label: `${metric.name} ${metric.direction === 'increase' ? 'rises' : 'falls'}${of}`, holds: interval === null ? null : interval.lower > 0 ? true : interval.upper < 0 ? false : null, evidence },
    { label: `${metric.name} changes by ${goal} or better${of}`, holds: interval === null ? null : interval.lower >= minimum ? true : interval.upper < minimum ? false : null, evidence },
  ]
}

function guardrailCheck(metric: MetricResult, comparison: MetricResult['comparisons'][number], of: string): Check {
  const reading = metric.readings.find((other) => other.arm === comparison.arm)?.reading ?? 'no_answer'
  const holds = reading === 'holds' || reading === 'worse_within_limit' ? true : reading === 'worse' ? false : null
  const label = metric.margin === null ? `${metric.name} is not proven worse${of}` : `${metric.name} gets worse by less than ${signedless(metric.margin)}${of}`
  return { label, holds, evidence: intervalEvidence(comparison) }
}

function intervalEvidence(comparison: MetricResult['comparisons'][number]): string {
  const { liftLower, liftUpper } = decidingLimits(comparison)
  if (comparison.lift === null) return comparison.status === 'ok' ? 'There is no level under control to compare with.' : 'There is no estimate yet.'
  if (liftLower === null || liftUpper === null) return `A change of ${signedPercent(comparison.lift)}, with no bounded interval yet.`
  return `A change of ${signedPercent(comparison.lift)}, interval ${signedPercent(liftLower)} to ${signedPercent(liftUpper)}.`
}

function signedless(share: number): string {
  return `${Number((share * 100).toPrecision(3))}%`
}
