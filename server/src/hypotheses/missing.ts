import type { HypothesisDraft } from '../contract/hypotheses.ts'

export interface Missing {
  field: keyof HypothesisDraft | 'experiment'
  message: string
}

/** What a plan still lacks before it can be sealed, in plain words. An empty list means it is complete. */
export function missingFromDraft(draft: HypothesisDraft): Missing[] {
  const missing: Missing[] = []
  const ask = (field: Missing['field'], lacks: boolean, message: string) => {
    if (lacks) missing.push({ field, message })
  }
  ask('change', draft.change === '', 'Say what you change.')
  ask('audience', draft.audience === '' && draft.cohort === null, 'Say for whom.')
  ask('because', draft.because === '', 'Say why you believe it.')
  ask('primaryMetric', draft.primaryMetric === null, 'Choose the one metric that decides.')
  ask('minimumEffect', draft.minimumEffect === null, 'Say the smallest effect worth having.')
  ask('wrongIf', draft.wrongIf === '', 'Say what would prove you wrong.')
  ask('rollbackPlan', draft.rollbackPlan === '', 'Say how you go back.')
  ask('maxExposure', draft.maxExposure === null, 'Say how many people may meet it at most.')
  ask('maxDays', draft.maxDays === null, 'Say how long it may run at most.')
  ask('decider', draft.decider === '', 'Name who decides.')
  ask('guardrails', draft.guardrails.some((guardrail) => guardrail.metric === draft.primaryMetric), 'The metric that decides cannot also be a guardrail.')
  return missing
}
