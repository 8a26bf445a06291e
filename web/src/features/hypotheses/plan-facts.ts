import type { HypothesisDraft } from '@assay/server/contract'
import { change, percent, plural } from '../../ui/format.ts'
import type { Names } from './believe-sentence.ts'
import { effectWords } from './effect-words.ts'
import type { StepId } from './wizard-steps.ts'

export interface Fact {
  label: string
  /** One line each; none where it is still open. */
  lines: string[]
}

export interface FactGroup {
  step: StepId
  title: string
  facts: Fact[]
}

/** A plan in words, grouped by the question that asked for it. */
export function planFacts(draft: HypothesisDraft, names: Names): FactGroup[] {
  return [
    {
      step: 'believe',
      title: 'What we believe',
      facts: [
        { label: 'Change', lines: text(draft.change) },
        { label: 'For', lines: [...text(draft.audience), ...(draft.cohort === null ? [] : [`Only the cohort ${names.cohort(draft.cohort)}`])] },
        { label: 'Because', lines: text(draft.because) },
        ...(draft.relatedTo === undefined ? [] : [{ label: 'Goes on from', lines: [`${draft.relatedTo.hypothesis}, ${draft.relatedTo.kind === 'replication' ? 'the same once more' : 'with another change'}`] }]),
      ],
    },
    {
      step: 'measure',
      title: 'How we will know',
      facts: [
        { label: 'Decides', lines: draft.primaryMetric === null ? [] : [names.metric(draft.primaryMetric)] },
        { label: 'Worth having', lines: draft.minimumEffect === null ? [] : [`${effectWords(draft.direction, draft.minimumEffect)} at least`] },
        { label: 'Must not get worse', lines: some(draft.guardrails.map(({ metric, margin }) => `${names.metric(metric)}: ${margin === null ? 'no limit, stops when harm is proven' : `by ${percent(margin)} at most`}`)) },
        { label: 'Explains', lines: some(draft.secondaryMetrics.map(names.metric)) },
      ],
    },
    {
      step: 'decide',
      title: 'What we will do with the answer',
      facts: [
        { label: 'Wrong if', lines: text(draft.wrongIf) },
        { label: 'Way back', lines: text(draft.rollbackPlan) },
        { label: 'At most', lines: [...(draft.maxExposure === null ? [] : [`${percent(draft.maxExposure)} of the audience meet the change`]), ...(draft.maxDays === null ? [] : [plural(draft.maxDays, 'day')])] },
        { label: 'Decides it', lines: text(draft.decider) },
        { label: 'Forecast', lines: some(forecastLines(draft.forecast)) },
      ],
    },
  ]
}

function forecastLines(forecast: HypothesisDraft['forecast']): string[] {
  const { probability = null, lift = null } = forecast ?? {}
  return [...(probability === null ? [] : [`Confirmed with a chance of ${percent(probability)}`]), ...(lift === null ? [] : [`A change of ${change(lift)}`])]
}

/** A list that may be empty for good. */
function some(lines: string[]): string[] {
  return lines.length === 0 ? ['None'] : lines
}

function text(value: string): string[] {
  return value === '' ? [] : [value]
}
