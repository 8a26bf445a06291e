import { allows, type Permission, type Role } from '@assay/server/contract'

/** What each permission lets a person do, in words. */
const words: Record<Permission, string> = {
  'project.read': 'See everything in the project, and analyse results',
  'hypothesis.write': 'Write and change hypotheses',
  'cohort.write': 'Define cohorts',
  'metric.write': 'Define metrics',
  'experiment.write': 'Draft experiments',
  'experiment.run': 'Start and stop experiments',
  'experiment.decide': 'Record what was decided and learned',
  'task.write': 'Take on, hand over and complete what a decision left to do',
  'raw_data.export': 'Export exposures and events of single people',
  'export.schedule': 'Send exports to folders, buckets and services at set times',
  'flag.turn_off': 'Turn a flag off, anywhere, at once',
  'flag.write': 'Create flags, target them and turn them on',
  'change.propose': 'Propose and schedule changes of flags, and review those of others where the environment lets them',
  'flag.bypass': 'Change a protected environment without approval, with a reason that is kept',
  'layer.write': 'Create layers and holdouts, and release holdouts',
  'webhook.write': 'Send changes to other services by webhooks',
  'token.write': 'Make API tokens that may do no more than they may',
  'key.read': 'See which SDK keys exist',
  'key.write': 'Create and revoke SDK keys',
  'environment.write': 'Add environments, and set what changes in them need',
  'member.write': 'Invite people, change roles, remove members',
  'project.write': 'Rename the project and declare unit types',
}

export interface Capability {
  what: string
  may: Record<Role, boolean>
}

const order = Object.keys(words) as Permission[]

/** The table that the server enforces, in words. */
export const capabilities: readonly Capability[] = order.map((permission) => ({
  what: words[permission],
  may: { viewer: allows('viewer', permission), product_owner: allows('product_owner', permission), engineer: allows('engineer', permission), admin: allows('admin', permission) },
}))

/** What a role is for, in one line. */
export const roleWords: Record<Role, string> = {
  viewer: 'Reads everything, changes nothing.',
  product_owner: 'Decides what: hypotheses, cohorts, metrics, experiments and their decisions.',
  engineer: 'Controls how: flags, keys, and running experiments.',
  admin: 'Everything, and who belongs here.',
}

