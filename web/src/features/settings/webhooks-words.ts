import type { AuditKind, DeliverySummary, Webhook, WebhookSetup } from '@assay/server/contract'
import type { Tone } from '../../ui/chip.tsx'

/** Kinds of the audit log as people choose them. */
export const kindWords: Readonly<Record<AuditKind, string>> = {
  flag: 'Flags', change: 'Changes to review', experiment: 'Experiments', hypothesis: 'Hypotheses', task: 'Tasks', cohort: 'Cohorts', metric: 'Metrics', layer: 'Layers', holdout: 'Holdouts', environment: 'Environments', project: 'Project',
  member: 'Members', key: 'SDK keys', token: 'API tokens', webhook: 'Webhooks', export: 'Exports', export_schedule: 'Scheduled exports',
}

/** `Flags, Experiments and 2 more` */
export function kindsText(kinds: WebhookSetup['kinds']): string {
  if (kinds === null) return 'Every change'
  const names = kinds.map((kind) => kindWords[kind])
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`
}

export interface Standing {
  tone: Tone
  words: string
  /** What is behind it; null where nothing is to say. */
  why: string | null
}

export function standingOf({ enabled, offBecause, failingSince }: Pick<Webhook, 'enabled' | 'offBecause' | 'failingSince'>): Standing {
  if (!enabled) return offBecause === null ? { tone: 'flat', words: 'Off', why: null } : { tone: 'danger', words: 'Switched off', why: offBecause }
  return failingSince === null ? { tone: 'win', words: 'On', why: null } : { tone: 'warn', words: 'Failing', why: 'Nothing comes through. After five days of that it is switched off.' }
}

export function deliveryStanding({ state, attempts }: Pick<DeliverySummary, 'state' | 'attempts'>): Pick<Standing, 'tone' | 'words'> {
  if (state === 'delivered') return { tone: 'win', words: 'Delivered' }
  return state === 'failed' ? { tone: 'loss', words: 'Failed' } : { tone: attempts === 0 ? 'info' : 'warn', words: attempts === 0 ? 'Queued' : 'To be retried' }
}

/** A body laid out to be read; as it is where it is no JSON. */
export function laidOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
