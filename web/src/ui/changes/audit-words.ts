import type { AuditEntry } from '@assay/server/contract'

/** Each action as the verb of a sentence: `Mina Kaur turned off checkout.express-pay`. */
const verbs: Readonly<Record<string, string>> = {
  'flag.created': 'created the flag',
  'flag.changed': 'changed the flag',
  'flag.targeting_changed': 'changed the targeting of',
  'flag.turned_on': 'turned on',
  'flag.turned_off': 'turned off',
  'flag.promoted': 'promoted the targeting of',
  'flag.targeting_restored': 'brought back an earlier targeting of',
  'flag.restored': 'brought back an earlier definition of',
  'flag.archived': 'archived the flag',
  'flag.unarchived': 'brought back the flag',
  'flag.deleted': 'deleted the flag',
  'flag.bypassed': 'went past the review of',
  'flag.explained': 'gave the reason for a change of',
  'cohort.created': 'created the cohort',
  'cohort.changed': 'changed the cohort',
  'cohort.deleted': 'deleted the cohort',
  'metric.created': 'created the metric',
  'metric.changed': 'changed the metric',
  'hypothesis.created': 'wrote down',
  'hypothesis.changed': 'changed',
  'experiment.created': 'drafted',
  'experiment.changed': 'changed the draft of',
  'experiment.started': 'sealed the plan and started',
  'experiment.coverage_changed': 'changed the share of',
  'experiment.step_taken': 'took the planned step of',
  'experiment.phase_started': 'began a new phase of',
  'experiment.extended': 'extended',
  'experiment.resumed': 'went on with',
  'experiment.stopped': 'stopped',
  'experiment.numbers_shown': 'looked at the hidden numbers of',
  'experiment.decided': 'recorded the decision on',
  'task.opened': 'left to do',
  'task.changed': 'changed the task',
  'task.done': 'completed the task',
  'task.reopened': 'opened again the task',
  'project.created': 'created the project',
  'project.changed': 'changed the project',
  'environment.created': 'added the environment',
  'environment.changed': 'changed the environment',
  'change.proposed': 'proposed the change',
  'change.changed': 'edited the change',
  'change.approved': 'approved the change',
  'change.changes_requested': 'asked for a different change than',
  'change.commented': 'commented on the change',
  'change.applied': 'applied the change',
  'change.not_applied': 'could not apply the change',
  'change.conflicted': 'found live in the way of the change',
  'change.withdrawn': 'withdrew the change',
  'change.rejected': 'turned down the change',
  'layer.created': 'created the layer',
  'layer.deleted': 'deleted the layer',
  'holdout.created': 'held people out by',
  'holdout.released': 'released the holdout',
  'member.invited': 'invited',
  'member.added': 'added',
  'member.joined': 'joined as',
  'member.role_changed': 'changed the role of',
  'member.removed': 'removed',
  'member.signed_out': 'signed out everywhere',
  'member.session_ended': 'signed out of other browsers as',
  'member.password_changed': 'changed the password of',
  'key.created': 'created the SDK key',
  'key.rotated': 'rotated the SDK key',
  'key.extended': 'lets the rotated SDK key stop later:',
  'key.revoked': 'revoked the SDK key',
  'token.created': 'made the API token',
  'token.revoked': 'revoked the API token',
  'webhook.created': 'made the webhook',
  'webhook.changed': 'changed the webhook',
  'webhook.turned_on': 'turned on the webhook',
  'webhook.turned_off': 'turned off the webhook',
  'webhook.switched_off': 'gave up the webhook',
  'webhook.secret_renewed': 'renewed the secret of the webhook',
  'webhook.tested': 'sent a test to the webhook',
  'webhook.redelivered': 'sent again a message to the webhook',
  'webhook.deleted': 'deleted the webhook',
  'export.downloaded': 'exported',
  'export.sent': 'sent a scheduled export of',
  'export.not_sent': 'could not send a scheduled export of',
  'export_schedule.created': 'scheduled the export',
  'export_schedule.changed': 'changed the scheduled export',
  'export_schedule.deleted': 'deleted the scheduled export',
  'export_schedule.run': 'ran the scheduled export',
  'export_schedule.secret_renewed': 'renewed the secret of the scheduled export',
}

export function auditVerb(action: string): string {
  return verbs[action] ?? (action.split('.').at(-1) ?? action).replaceAll('_', ' ')
}

/** The same on the page of the flag itself: `turned off this flag`. */
export function ownAuditVerb(action: string): string {
  const [kind = ''] = action.split('.')
  const verb = auditVerb(action)
  const object = ` the ${kind}`
  return verb.endsWith(object) ? `${verb.slice(0, -object.length)} this ${kind}` : `${verb} this ${kind}`
}

/** Whether the verb leaves nothing to tell of what changed. */
export function saysItAll(action: string): boolean {
  return ['flag.turned_on', 'flag.turned_off', 'flag.archived', 'flag.unarchived'].includes(action)
}

/** Path below the project of what an entry is about; undefined where it has no page. */
export function auditPath({ kind, key }: AuditEntry['entity']): string | undefined {
  const name = encodeURIComponent(key)
  switch (kind) {
    case 'flag':
      return `/flags/${name}/history`
    case 'cohort':
      return `/cohorts/${name}`
    case 'hypothesis':
      return `/hypotheses/${name}`
    case 'experiment':
      return `/experiments/${name}`
    case 'task':
      return '/tasks'
    case 'metric':
      return `/metrics/${name}`
    case 'change':
      return `/changes/${name}`
    case 'layer':
    case 'holdout':
      return '/layers'
    case 'environment':
      return '/settings/environments'
    case 'member':
      return '/settings/members'
    case 'key':
      return '/settings/keys'
    case 'token':
      return '/settings/tokens'
    case 'webhook':
      return '/settings/webhooks'
    case 'export_schedule':
      return '/exports'
    default:
      return undefined
  }
}
