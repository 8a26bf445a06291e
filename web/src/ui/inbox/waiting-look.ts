import type { WaitingItem, WaitingKind } from '@assay/server/contract'
import { IconAlertTriangle, IconBulb, IconCalendarX, IconChecklist, IconEraser, IconEye, IconFileX, IconGavel, IconGitMerge, IconGitPullRequest, IconGitPullRequestClosed, IconHandStop, IconListCheck, IconKey, IconPencil, IconShieldX, IconWebhook } from '@tabler/icons-react'
import type { Tone } from '../chip.tsx'

export interface Look {
  /** What it is, in a word or two. */
  label: string
  tone: Tone
  icon: typeof IconGavel
  /** What its button says. */
  action: string
}

export const looks: Readonly<Record<WaitingKind, Look>> = {
  harm: { label: 'Does harm', tone: 'loss', icon: IconHandStop, action: 'Stop it' },
  distrust: { label: 'Do not trust', tone: 'warn', icon: IconShieldX, action: 'Find the cause' },
  decide: { label: 'Decision due', tone: 'info', icon: IconGavel, action: 'Decide' },
  start: { label: 'Draft', tone: 'flat', icon: IconChecklist, action: 'Check and start' },
  conflict: { label: 'In conflict', tone: 'loss', icon: IconGitMerge, action: 'Choose' },
  revise: { label: 'To revise', tone: 'warn', icon: IconAlertTriangle, action: 'Revise' },
  review: { label: 'To review', tone: 'info', icon: IconEye, action: 'Review' },
  apply: { label: 'To apply', tone: 'win', icon: IconGitPullRequest, action: 'Apply' },
  rejected: { label: 'Rejected', tone: 'flat', icon: IconGitPullRequestClosed, action: 'Read why' },
  expose: { label: 'Needs exposure', tone: 'info', icon: IconBulb, action: 'Say who meets it' },
  write: { label: 'Unfinished', tone: 'flat', icon: IconPencil, action: 'Go on writing' },
  task: { label: 'To do', tone: 'flat', icon: IconListCheck, action: 'Go to tasks' },
  remove: { label: 'To clean up', tone: 'flat', icon: IconEraser, action: 'Clean up' },
  export: { label: 'Export failed', tone: 'loss', icon: IconFileX, action: 'See exports' },
  webhook: { label: 'Does not come through', tone: 'loss', icon: IconWebhook, action: 'See deliveries' },
  key: { label: 'Key stops', tone: 'warn', icon: IconKey, action: 'See keys' },
}

const overdue: Look = { label: 'Overdue', tone: 'loss', icon: IconCalendarX, action: '' }

/** How an item looks: what its time has passed for says so. */
export function lookOf({ kind, urgency }: Pick<WaitingItem, 'kind' | 'urgency'>): Look {
  const look = looks[kind]
  return urgency === 'now' && (kind === 'decide' || kind === 'task') ? { ...overdue, action: look.action } : look
}

/** Below `/p/:project`: the place where it is done. */
export function placeOf({ kind, key }: Pick<WaitingItem, 'kind' | 'key'>): string {
  const name = encodeURIComponent(key)
  switch (kind) {
    case 'harm':
    case 'decide':
    case 'start':
      return `/experiments/${name}`
    case 'distrust':
      return `/experiments/${name}/health`
    case 'conflict':
    case 'revise':
    case 'review':
    case 'apply':
    case 'rejected':
      return `/changes/${name}`
    case 'expose':
      return `/hypotheses/${name}/edit?step=expose`
    case 'write':
      return `/hypotheses/${name}`
    case 'task':
      return '/tasks?view=open'
    case 'remove':
      return `/flags/${name}/targeting`
    case 'export':
      return '/exports'
    case 'webhook':
      return '/settings/webhooks'
    case 'key':
      return '/settings/keys'
  }
}
