import type { HypothesisDraft } from '@assay/server/contract'

/** What a number field holds: a number, or what is being typed. */
export type Typed = number | string

/** A plan as it is typed: shares and effects in percent, open numbers as empty text. */
export interface DraftForm {
  title: string
  change: string
  audience: string
  cohort: string | null
  because: string
  primaryMetric: string | null
  direction: HypothesisDraft['direction']
  minimumEffect: Typed
  guardrails: { metric: string; margin: Typed }[]
  secondaryMetrics: string[]
  wrongIf: string
  rollbackPlan: string
  maxExposure: Typed
  maxDays: Typed
  decider: string
  /** In percent. The lift is told in the direction of the change: 5 with `decrease` is 5% less. */
  forecast: { probability: Typed; lift: Typed }
  relatedTo: { hypothesis: string | null; kind: 'follow_up' | 'replication' }
}

export const emptyForm: DraftForm = {
  title: '',
  change: '',
  audience: '',
  cohort: null,
  because: '',
  primaryMetric: null,
  direction: 'increase',
  minimumEffect: '',
  guardrails: [],
  secondaryMetrics: [],
  wrongIf: '',
  rollbackPlan: '',
  maxExposure: '',
  maxDays: '',
  decider: '',
  forecast: { probability: '', lift: '' },
  relatedTo: { hypothesis: null, kind: 'follow_up' },
}

export function draftToForm(draft: HypothesisDraft): DraftForm {
  const { title, change, audience, cohort, because, primaryMetric, direction, minimumEffect, guardrails, secondaryMetrics, wrongIf, rollbackPlan, maxExposure, maxDays, decider, forecast, relatedTo } = draft
  const lift = forecast?.lift ?? null
  return {
    title, change, audience, cohort, because, primaryMetric, direction, wrongIf, rollbackPlan, decider,
    minimumEffect: shareToPercent(minimumEffect),
    guardrails: guardrails.map(({ metric, margin }) => ({ metric, margin: shareToPercent(margin) })),
    secondaryMetrics: [...secondaryMetrics],
    maxExposure: shareToPercent(maxExposure),
    maxDays: maxDays ?? '',
    forecast: { probability: shareToPercent(forecast?.probability ?? null), lift: shareToPercent(lift === null ? null : towards(direction, lift)) },
    relatedTo: relatedTo ?? { hypothesis: null, kind: 'follow_up' },
  }
}

export function formToDraft(form: DraftForm): HypothesisDraft {
  const probability = percentToShare(form.forecast.probability)
  const lift = percentToShare(form.forecast.lift)
  const { hypothesis, kind } = form.relatedTo
  return {
    title: form.title.trim(),
    change: form.change.trim(),
    audience: form.audience.trim(),
    cohort: form.cohort,
    because: form.because.trim(),
    primaryMetric: form.primaryMetric,
    direction: form.direction,
    minimumEffect: percentToShare(form.minimumEffect),
    guardrails: form.guardrails.filter(({ metric }) => metric !== '').map(({ metric, margin }) => ({ metric, margin: percentToShare(margin) })),
    secondaryMetrics: [...form.secondaryMetrics],
    wrongIf: form.wrongIf.trim(),
    rollbackPlan: form.rollbackPlan.trim(),
    maxExposure: percentToShare(form.maxExposure),
    maxDays: numberOf(form.maxDays),
    decider: form.decider.trim(),
    ...(probability === null && lift === null ? {} : { forecast: { probability, lift: lift === null ? null : towards(form.direction, lift) } }),
    ...(hypothesis === null ? {} : { relatedTo: { hypothesis, kind } }),
  }
}

/** Turns a lift into how far it goes in a direction, and back. */
function towards(direction: HypothesisDraft['direction'], lift: number): number {
  return direction === 'increase' || lift === 0 ? lift : -lift
}

/** The number that was typed; null while there is none. */
export function numberOf(typed: Typed): number | null {
  if (typeof typed === 'number') return Number.isFinite(typed) ? typed : null
  const number = Number(typed.trim())
  return typed.trim() === '' || !Number.isFinite(number) ? null : number
}

/** Percent as a share. Twelve digits keep 7% from becoming 0.07000000000000001. */
export function percentToShare(typed: Typed): number | null {
  const number = numberOf(typed)
  return number === null ? null : Number((number / 100).toPrecision(12))
}

export function shareToPercent(share: number | null): Typed {
  return share === null ? '' : Number((share * 100).toPrecision(12))
}
