import type { Analysis, MetricResult, Verdict } from '../contract/analysis.ts'
import type { Plan } from '../contract/experiments.ts'
import { decidingLimits, differenceWords, levelWords, pWords, signed, signedPercent } from './effect-words.ts'
import { waitMs } from './observations.ts'
import { isShareType } from './share-types.ts'

type Rule = Omit<Verdict, 'sentence' | 'checks'>

/** The verdict in one plain-English sentence with its numbers, for someone who knows the product and not statistics. */
export function verdictSentence(plan: Plan, analysis: Omit<Analysis, 'verdict'>, rule: Rule): string {
  const primary = analysis.metrics.find((metric) => metric.role === 'primary')
  const reason = rule.reasons[0]
  if (!primary || !reason) return 'No verdict: the plan names no treatment to compare.'
  if (rule.kind === 'invalid') return `Invalid: ${invalidWords(analysis, reason.code)}`
  const arm = reason.arm ?? ''
  const effect = effectWords(primary, plan.control, arm)
  const others = rule.arms.length > 1 ? othersWords(rule, arm) : ''
  return `${headWords(plan, analysis, rule, primary, arm, effect)}${others}.`
}

function headWords(plan: Plan, analysis: Omit<Analysis, 'verdict'>, rule: Rule, primary: MetricResult, arm: string, effect: string): string {
  const codes = new Set(rule.reasons.filter((reason) => (reason.arm ?? arm) === arm).map((reason) => reason.code))
  const goal = signedPercent(primary.direction === 'increase' ? plan.minimumEffect : -plan.minimumEffect)
  const names = (code: string) => list(rule.reasons.filter((reason) => reason.code === code && reason.arm === arm).map((reason) => metricName(analysis, reason.metric)))
  if (rule.kind === 'confirmed') {
    const size = codes.has('at_least_mde') ? `, at least the ${goal} that was hoped for` : codes.has('below_mde') ? `, but by less than the ${goal} that was hoped for` : ''
    return `Confirmed: ${arm} improved ${primary.name}${size}: it ${effect}`
  }
  if (rule.kind === 'harmful') {
    const guardrails = names('guardrail_worse')
    if (!codes.has('primary_worse')) return `Harmful: ${arm} made ${guardrails} worse (it ${firstGuardrailEffect(plan, analysis, rule, arm)}); ${primary.name} ${effect}`
    return `Harmful: ${arm} made ${primary.name} worse${guardrails ? `, and ${guardrails} too` : ''}: it ${effect}`
  }
  if (rule.kind === 'rejected') return `Rejected: ${arm} does not change ${primary.name} by the ${goal} that was promised; the data rule it out: it ${effect}`
  if (codes.has('no_estimate')) return `Inconclusive: ${primary.name} cannot be compared yet (${noEstimateWords(plan, analysis, primary, arm)})`
  if (codes.has('min_duration')) return `No verdict yet: the plan asks for at least ${plan.minDays} days and ${days(analysis.days)} have passed; so far ${primary.name} ${effect}`
  if (codes.has('running')) return `No verdict yet: ${progressWords(plan, analysis, primary)}; so far ${primary.name} ${effect}`
  if (codes.has('guardrail_inconclusive')) return `Inconclusive: ${arm} improved ${primary.name}, but ${names('guardrail_inconclusive')} could not be shown to stay within its limit: it ${effect}`
  return `Inconclusive: the data fit no effect of ${arm} on ${primary.name} as well as the ${goal} that was hoped for: it ${effect}${excludedWords(primary, arm)}${missingWords(rule, arm)}`
}

/** What an inconclusive result has taught all the same. */
function excludedWords(metric: MetricResult, arm: string): string {
  const comparison = metric.comparisons.find((other) => other.arm === arm)
  const { liftLower, liftUpper } = comparison ? decidingLimits(comparison) : { liftLower: null, liftUpper: null }
  return liftLower === null || liftUpper === null ? '' : `; a relative change below ${signedPercent(liftLower)} or above ${signedPercent(liftUpper)} is ruled out`
}

function missingWords(rule: Rule, arm: string): string {
  const units = rule.reasons.find((reason) => reason.code === 'underpowered' && reason.arm === arm)?.units
  return units === undefined || units === 0 ? '' : `, and about ${Number(units.toPrecision(2)).toLocaleString('en-GB')} more people would be needed to tell`
}

/** `19.02% -> 18.2%, −0.82 percentage points (95% interval −1.33 to −0.31), a lift of −4.31% (−6.89% to −1.66%)`. */
function effectWords(metric: MetricResult, control: string, arm: string): string {
  const comparison = metric.comparisons.find((other) => other.arm === arm)
  const from = metric.arms.find((other) => other.arm === control)
  const to = metric.arms.find((other) => other.arm === arm)
  if (!comparison || comparison.diff === null || from?.mean == null || to?.mean == null) return 'has no estimate yet'
  const { lower, upper, liftLower, liftUpper } = decidingLimits(comparison)
  const scale = isShareType(metric.type) ? 100 : 1
  const range = lower === null || upper === null ? '' : ` (${intervalName(comparison.decidedBy?.method)} ${signed(lower * scale)} to ${signed(upper * scale)})`
  const lift = comparison.lift === null ? '' : `, a relative change of ${signedPercent(comparison.lift)}${liftLower === null || liftUpper === null ? '' : ` (${signedPercent(liftLower)} to ${signedPercent(liftUpper)})`}`
  const move = comparison.diff === 0 ? `stayed at ${levelWords(metric, to.mean)}` : `went from ${levelWords(metric, from.mean)} to ${levelWords(metric, to.mean)}`
  const adjusted = comparison.adjustment === undefined ? '' : 'adjusted by what people did before '
  return `${move}, ${adjusted}${differenceWords(metric, comparison.diff)}${range}${lift}`
}

function intervalName(method: string | undefined): string {
  if (method === undefined) return '95% interval'
  if (method.startsWith('group_sequential')) return 'interval of this look'
  return method.startsWith('always_valid') ? 'always-valid interval' : 'deciding interval'
}

function firstGuardrailEffect(plan: Plan, analysis: Omit<Analysis, 'verdict'>, rule: Rule, arm: string): string {
  const key = rule.reasons.find((reason) => reason.code === 'guardrail_worse' && reason.arm === arm)?.metric
  const metric = analysis.metrics.find((other) => other.key === key && other.role === 'guardrail')
  return metric ? effectWords(metric, plan.control, arm) : 'see its estimate'
}

function invalidWords(analysis: Omit<Analysis, 'verdict'>, code: string): string {
  const people = analysis.arms.map((arm) => `${arm.n.toLocaleString('en-GB')} in ${arm.arm}`)
  if (code === 'srm') {
    const smaller = [analysis.srm.p, analysis.srm.sequentialP].filter((p) => p !== null)
    const planned = analysis.srm.expected.map((arm) => signedless(arm.share)).join(' : ')
    return `the arms did not fill in the planned ratio of ${planned} (${list(people)}; ${pWords(Math.min(...smaller, 1))}), so a fault in the assignment or the recording may explain any difference, and no effect is read from it.`
  }
  return `${analysis.crossedUnits.toLocaleString('en-GB')} people met more than one arm, more than 1% of all, so the arms cannot be compared and no effect is read from them.`
}

function signedless(share: number): string {
  return `${Number((share * 100).toPrecision(3))}%`
}

function noEstimateWords(plan: Plan, analysis: Omit<Analysis, 'verdict'>, primary: MetricResult, arm: string): string {
  const comparison = primary.comparisons.find((other) => other.arm === arm)
  const hours = waitHours(plan)
  const isWaiting = (other: string) => (primary.arms.find((level) => level.arm === other)?.n ?? 0) < 2 && (analysis.arms.find((level) => level.arm === other)?.n ?? 0) >= 2
  if (hours !== null && (isWaiting(arm) || isWaiting(plan.control))) return `people count ${hoursWords(hours)} after they met their arm`
  if (comparison?.decidedBy?.method === 'always_valid' && comparison.status === 'ok') return 'too few people or events for an interval that may be checked at any time'
  const words: Record<string, string> = {
    no_units: 'an arm has no people yet',
    one_unit: 'an arm has one person only',
    zero_variance: 'everybody in both arms has the same value',
    invalid_input: 'its values are not usable numbers',
    too_few_units: 'too few people for an interval of this quantile',
    zero_denominator: 'its denominator is zero',
    ok: 'its level under control is not clear of zero, so there is no relative change',
  }
  return words[comparison?.status ?? 'no_units'] ?? 'there is no estimate'
}

function progressWords(plan: Plan, analysis: Omit<Analysis, 'verdict'>, primary: MetricResult): string {
  const people = primary.arms.reduce((sum, arm) => sum + arm.n, 0).toLocaleString('en-GB')
  const hours = waitHours(plan)
  const taken = hours === null ? 'have taken part' : `have completed their ${hoursWords(hours)}`
  const parts = [
    plan.plannedUnits === null ? null : `${people} of ${plan.plannedUnits.toLocaleString('en-GB')} planned people ${taken}`,
    plan.plannedDays === null ? null : `${days(analysis.days)} of ${plan.plannedDays} days have passed`,
  ].filter((part) => part !== null)
  return parts.length > 0 ? parts.join(' and ') : `${people} people have taken part in ${days(analysis.days)} days`
}

/** Hours after which somebody counts in the primary metric; null where they count at once. */
function waitHours(plan: Plan): number | null {
  const primary = plan.metrics.find((metric) => metric.role === 'primary')
  return primary && waitMs(plan, primary) > 0 ? primary.windowHours : null
}

function hoursWords(hours: number): string {
  if (hours > 24 && hours % 24 === 0) return `${hours / 24} days`
  return hours === 1 ? 'one hour' : `${hours} hours`
}

function days(value: number): string {
  return String(Math.floor(value))
}

function othersWords(rule: Rule, arm: string): string {
  const others = rule.arms.filter((other) => other.arm !== arm)
  return others.length === 0 ? '' : ` (${others.map((other) => `${other.arm}: ${other.kind}`).join(', ')})`
}

function metricName(analysis: Omit<Analysis, 'verdict'>, key: string | undefined): string {
  return analysis.metrics.find((metric) => metric.key === key)?.name ?? key ?? 'a guardrail'
}

function list(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
