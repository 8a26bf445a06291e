import type { HypothesisDraft } from '@assay/server/contract'
import { percent, plural } from '../../ui/format.ts'
import type { Names } from './believe-sentence.ts'

type Shown<T> = { [K in keyof T & string]-?: { label: string; show: (value: T, names: Names) => string } }

/** Each field of a plan as it is called, and its value in words: for two versions side by side. */
export const draftWords: Shown<HypothesisDraft> = {
  title: { label: 'Name', show: ({ title }) => title },
  change: { label: 'Change', show: ({ change }) => said(change) },
  audience: { label: 'Audience', show: ({ audience }) => said(audience) },
  cohort: { label: 'Cohort', show: ({ cohort }, names) => (cohort === null ? 'everybody' : names.cohort(cohort)) },
  because: { label: 'Because', show: ({ because }) => said(because) },
  primaryMetric: { label: 'Deciding metric', show: ({ primaryMetric }, names) => (primaryMetric === null ? 'open' : names.metric(primaryMetric)) },
  direction: { label: 'Direction', show: ({ direction }) => (direction === 'increase' ? 'raise' : 'lower') },
  minimumEffect: { label: 'Smallest effect', show: ({ minimumEffect }) => (minimumEffect === null ? 'open' : percent(minimumEffect)) },
  guardrails: { label: 'Guardrails', show: ({ guardrails }, names) => (guardrails.length === 0 ? 'none' : guardrails.map(({ metric, margin }) => `${names.metric(metric)}${margin === null ? '' : ` by ${percent(margin)}`}`).join(', ')) },
  secondaryMetrics: { label: 'Explaining metrics', show: ({ secondaryMetrics }, names) => (secondaryMetrics.length === 0 ? 'none' : secondaryMetrics.map(names.metric).join(', ')) },
  wrongIf: { label: 'Wrong if', show: ({ wrongIf }) => said(wrongIf) },
  rollbackPlan: { label: 'Way back', show: ({ rollbackPlan }) => said(rollbackPlan) },
  maxExposure: { label: 'Most people', show: ({ maxExposure }) => (maxExposure === null ? 'open' : percent(maxExposure)) },
  maxDays: { label: 'Most days', show: ({ maxDays }) => (maxDays === null ? 'open' : plural(maxDays, 'day')) },
  decider: { label: 'Decider', show: ({ decider }) => said(decider) },
  forecast: { label: 'Forecast', show: ({ forecast }) => forecastWords(forecast) },
  relatedTo: { label: 'Goes on from', show: ({ relatedTo }) => (relatedTo === undefined ? 'none' : `${relatedTo.hypothesis}, ${relatedTo.kind === 'replication' ? 'tested once more' : 'followed up'}`) },
}

/** Fields in the order of the words. */
export const draftFields = Object.keys(draftWords) as (keyof HypothesisDraft)[]

function forecastWords(forecast: HypothesisDraft['forecast']): string {
  const parts = [forecast?.probability, forecast?.lift].map((value) => (value === null || value === undefined ? null : percent(value)))
  return parts.every((part) => part === null) ? 'none' : `${parts[0] ?? 'no'} chance, lift ${parts[1] ?? 'open'}`
}

function said(text: string): string {
  return text === '' ? 'open' : text
}
