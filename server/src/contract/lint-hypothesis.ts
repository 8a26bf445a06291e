import type { HypothesisDraft } from './hypotheses.ts'
import type { Metric } from './metrics.ts'

export interface Advice {
  /** Path of the field in the draft. */
  field: string
  code: AdviceCode
  message: string
}

export type AdviceCode =
  | 'no_reason' | 'opinion_reason' | 'several_changes' | 'outcome_as_change' | 'unmeasurable_outcome' | 'vague_audience' | 'against_direction' | 'unrealistic_effect' | 'tiny_effect'
  | 'no_guardrail' | 'no_limit' | 'not_falsifiable' | 'vague_decider' | 'no_decision_day' | 'no_forecast' | 'certain_forecast' | 'forecast_below_minimum'

type LintedMetric = Pick<Metric, 'key' | 'name' | 'direction'>

/** Beyond it a lift of a product metric is more often a fault in the data than an effect. */
const LARGEST_CREDIBLE_EFFECT = 0.5
/** Below it almost no product has the people to tell it from nothing. */
const SMALLEST_PRACTICAL_EFFECT = 0.001

const JOINED = /\b(and also|as well as|and|also|plus|additionally|furthermore)\b|;|\n\s*[-*•\d]/i
const VAGUE_OUTCOME = /\b(better|improv\w*|enhanc\w*|optimi[sz]\w*|nicer|boost\w*|delight\w*|engag\w*|more (?:intuitive|modern|attractive|usable)|user[- ]friendly)\b/i
const OPINION = /\b(?:(?:i|we) (?:think|feel|believe|guess|hope)|obvious(?:ly)?|everybody knows|everyone knows|best practice|of course)\b/i
const ANYBODY = /^(?:(?:all|our|the|some|many|most|certain|relevant|various|different)\s+)*(?:users?|people|customers?|visitors?|clients?|shoppers?|players?)$/i
const COMPARISON = /\d|\b(?:below|above|under|over|less|more|fewer|lower|higher|at least|at most|no (?:lift|effect|change|difference)|unchanged|equal|drops?|falls?|rises?|exceeds?|worse than|half|double|interval)\b/i
const NOBODY = /^(?:the |our |all of )*(?:we|us|everyone|everybody|teams?|\w+ team|business|management|stakeholders?|tbd|tba|somebody|someone)\.?$/i
const A_DAY = /\d|\b(?:by|on|at|when|after|before|within|once|monday|tuesday|wednesday|thursday|friday|days?|weeks?)\b/i

/**
 * What a careful reader would ask about a hypothesis: doubts in plain words, none of which keeps it from starting. Rules over words, in English: they
 * may be wrong, and then nothing has to be done. Runs on the server and beside the fields while somebody writes.
 */
export function lintHypothesis(draft: HypothesisDraft, metrics: readonly LintedMetric[]): Advice[] {
  return [...lintBelief(draft), ...lintMeasure(draft, metrics), ...lintDecision(draft)]
}

function lintBelief({ change, audience, cohort, because, primaryMetric }: HypothesisDraft): Advice[] {
  const advice: Advice[] = []
  const joined = JOINED.exec(change)?.[0].trim()
  if (joined !== undefined) advice.push({ field: 'change', code: 'several_changes', message: `This may be several changes at once${/^[a-z]/i.test(joined) ? ` (“${joined.toLowerCase()}”)` : ''}. Whatever comes out, nobody will know which of them did it: test one at a time.` })
  const vague = VAGUE_OUTCOME.exec(change)?.[0].toLowerCase()
  if (vague !== undefined) advice.push({ field: 'change', code: 'outcome_as_change', message: `“${vague}” is what you hope for, not what you change. Say what people will see that they do not see today.` })
  const outcome = VAGUE_OUTCOME.exec(because)?.[0].toLowerCase()
  if ((vague ?? outcome) !== undefined && primaryMetric === null) advice.push({ field: 'primaryMetric', code: 'unmeasurable_outcome', message: `“${vague ?? outcome ?? ''}” cannot be measured as it stands. Choose the metric that would show it.` })
  if (cohort === null && ANYBODY.test(audience)) advice.push({ field: 'audience', code: 'vague_audience', message: `“${audience}” can be anybody. Say which of them have the problem, or choose a cohort.` })
  if (because === '') advice.push({ field: 'because', code: 'no_reason', message: 'There is no reason. Without one, nothing is learned when it does not work.' })
  else if (OPINION.test(because) && !/\d/.test(because)) advice.push({ field: 'because', code: 'opinion_reason', message: 'This reads like an opinion. Name what you have seen, heard or counted.' })
  return advice
}

function lintMeasure({ primaryMetric, direction, minimumEffect, guardrails }: HypothesisDraft, metrics: readonly LintedMetric[]): Advice[] {
  const advice: Advice[] = []
  const primary = metrics.find(({ key }) => key === primaryMetric)
  if (primary && primary.direction !== direction) advice.push({ field: 'direction', code: 'against_direction', message: `For ${primary.name}, ${primary.direction === 'increase' ? 'higher' : 'lower'} is better in general. This plan will read the opposite as better.` })
  if (minimumEffect !== null && minimumEffect > LARGEST_CREDIBLE_EFFECT) advice.push({ field: 'minimumEffect', code: 'unrealistic_effect', message: 'Hardly any change moves a metric by more than half. Say the smallest effect that would still be worth having, or the plan will miss all smaller ones.' })
  if (minimumEffect !== null && minimumEffect < SMALLEST_PRACTICAL_EFFECT) advice.push({ field: 'minimumEffect', code: 'tiny_effect', message: 'So small an effect needs millions of people. Would you act on it?' })
  if (guardrails.length === 0) advice.push({ field: 'guardrails', code: 'no_guardrail', message: 'Nothing is guarded. Name a metric that must not get worse, such as errors, refunds or calls for help.' })
  guardrails.forEach(({ metric, margin }, index) => {
    const name = metrics.find(({ key }) => key === metric)?.name ?? metric
    if (margin === null) advice.push({ field: `guardrails.${index}.margin`, code: 'no_limit', message: `${name} has no limit: it stops proven harm only. Say how much worse you would still accept.` })
  })
  return advice
}

function lintDecision({ wrongIf, decider, forecast, minimumEffect, direction }: HypothesisDraft): Advice[] {
  const advice: Advice[] = []
  if (wrongIf !== '' && !COMPARISON.test(wrongIf)) advice.push({ field: 'wrongIf', code: 'not_falsifiable', message: 'No number can show this. Say which metric would have to be where, such as “the whole interval lies below 2%”.' })
  if (NOBODY.test(decider)) advice.push({ field: 'decider', code: 'vague_decider', message: `“${decider}” is nobody in particular. Name one person or one role.` })
  else if (decider !== '' && !A_DAY.test(decider)) advice.push({ field: 'decider', code: 'no_decision_day', message: 'Say by when, too: a decision without a day waits.' })
  const { probability = null, lift = null } = forecast ?? {}
  if (probability === null) advice.push({ field: 'forecast', code: 'no_forecast', message: 'There is no forecast. Say how likely you think it is: that is how forecasts get better.' })
  else if (probability <= 0.01 || probability >= 0.99) advice.push({ field: 'forecast', code: 'certain_forecast', message: 'If you are that certain, there is nothing to test.' })
  const hoped = lift === null ? null : direction === 'increase' ? lift : -lift
  if (hoped !== null && minimumEffect !== null && probability !== null && probability > 0.5 && hoped < minimumEffect) advice.push({ field: 'forecast', code: 'forecast_below_minimum', message: 'You expect less than the smallest effect worth having, and yet success. One of the two is off.' })
  return advice
}
