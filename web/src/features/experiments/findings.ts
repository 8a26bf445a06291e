import type { Analysis, Verdict } from '@assay/server/contract'
import { count } from '../../ui/format.ts'

type Finding = Verdict['reasons'][number]

/** What each code of the verdict means, as a whole sentence of the page. `{arm}` and `{metric}` are filled in. */
const sentences: Record<string, string> = {
  primary_improved: '{arm} made the deciding metric better: its whole interval is on the good side of zero.',
  at_least_mde: 'Even the cautious end of the interval of {arm} reaches the effect worth having.',
  below_mde: 'The effect of {arm} is real, but smaller than the effect worth having.',
  primary_worse: '{arm} made the deciding metric worse: its whole interval is on the bad side of zero.',
  guardrail_worse: '{arm} made {metric} worse, which may veto.',
  mde_ruled_out: 'The whole interval of {arm} is below the effect worth having.',
  running: 'The planned size or duration is not reached yet.',
  min_duration: 'The shortest duration of the plan is not reached yet.',
  no_estimate: '{arm} cannot be compared with control yet.',
  guardrail_inconclusive: '{arm} could not be shown to keep {metric} within its limit.',
  underpowered: 'The interval of {arm} holds both no effect and the effect worth having.{missing}',
  srm: 'The arms did not fill in the planned ratio.',
  multiple_exposure: 'Too many people met more than one variant.',
  srm_warning: 'The split between arms is unusual. It does not block the verdict, but look for a fault in the assignment or the recording.',
  between_looks: 'The plan is read once a day. The numbers are newer than the verdict, which stands until the next look.',
  crossed_units: 'Some people met more than one variant. They are left out.',
  arm_harmful: '{arm} is harmful and may be stopped alone; the others go on.',
  sparse: 'Few people in {arm} or control have a value, so the interval is computed for small counts.',
  one_arm_zero_variance: 'Everybody in one variant has the same value.',
  small_sample: '{arm} or control has fewer than 100 people.',
  zero_baseline: 'The level under control is zero, so there is no relative change.',
  relative_unbounded: 'The level under control is not clear of zero, so the relative change has no limits.',
}

/** A reason or warning of a verdict in words. A code that is not known is said as it is. */
export function findingWords({ code, arm, metric, units }: Finding, analysis: Pick<Analysis, 'metrics' | 'arms'>): string {
  const sentence = sentences[code]
  if (sentence === undefined) return [code.replaceAll('_', ' '), arm, metric].filter((part) => part !== undefined).join(', ')
  const name = analysis.metrics.find((other) => other.key === metric)?.name ?? metric ?? 'a metric'
  const who = arm === undefined || analysis.arms.length <= 2 ? 'the change' : `“${arm}”`
  const missing = units === undefined || units === 0 ? '' : ` About ${count(Number(units.toPrecision(2)))} more people would tell them apart.`
  const words = sentence.replace('{arm}', who).replace('{metric}', name).replace('{missing}', missing)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
