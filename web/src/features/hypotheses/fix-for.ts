import type { Hypothesis } from '@assay/server/contract'
import { stepFor, type StepId } from './wizard-steps.ts'

/** Where something on the checklist is put right. */
export type Fix = { to: 'step'; step: StepId } | { to: 'flag' } | { to: 'keys' }

/** The place for an item of the checklist; null where there is none to offer. */
export function fixFor(id: string, missing: Hypothesis['missing']): Fix | null {
  switch (id) {
    case 'hypothesis':
      return { to: 'step', step: stepFor(missing[0]?.field ?? '') }
    case 'exposure':
    case 'duration':
    case 'power':
    case 'traffic':
    case 'same-metric':
    case 'layer':
      return { to: 'step', step: 'expose' }
    case 'guardrails':
    case 'margins':
      return { to: 'step', step: 'measure' }
    case 'overlap':
    case 'reach':
    case 'flag-on':
    case 'seen-below':
      return { to: 'flag' }
    case 'sdk':
      return { to: 'keys' }
    default:
      return null
  }
}
