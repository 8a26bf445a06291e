import { draftOf, type Hypothesis } from '@assay/server/contract'
import { draftToForm, emptyForm, type DraftForm } from './draft-form.ts'

/** What a hypothesis begins with that goes on from another: the same plan where it is put to the test once more, else the people and the metric. Nobody's forecast is taken over. */
export function nextForm(source: Hypothesis, kind: DraftForm['relatedTo']['kind']): DraftForm {
  const form = draftToForm(draftOf(source))
  const relatedTo = { hypothesis: source.key, kind }
  const { forecast, title } = emptyForm
  if (kind === 'replication') return { ...form, forecast, relatedTo }
  const { audience, cohort, primaryMetric, direction, minimumEffect, guardrails, secondaryMetrics } = form
  return { ...emptyForm, title, audience, cohort, primaryMetric, direction, minimumEffect, guardrails, secondaryMetrics, relatedTo }
}
