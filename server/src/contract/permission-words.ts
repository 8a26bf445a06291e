import type { Permission } from './roles.ts'

export const permissionAreas = ['See', 'Decide what', 'Control how', 'Connect', 'Look after the project'] as const

/** What each permission lets somebody do, in plain words, and what it is about. Which roles carry it is in `permissions` alone. */
export const permissionWords: Readonly<Record<Permission, { area: (typeof permissionAreas)[number]; lets: string }>> = {
  'project.read': { area: 'See', lets: 'See everything in the project, and analyse results' },
  'key.read': { area: 'See', lets: 'See which SDK keys exist' },
  'raw_data.export': { area: 'See', lets: 'Export exposures and events of single people' },
  'hypothesis.write': { area: 'Decide what', lets: 'Write and change hypotheses' },
  'cohort.write': { area: 'Decide what', lets: 'Define cohorts' },
  'metric.write': { area: 'Decide what', lets: 'Define metrics' },
  'experiment.write': { area: 'Decide what', lets: 'Draft experiments' },
  'experiment.run': { area: 'Decide what', lets: 'Start and stop experiments' },
  'experiment.decide': { area: 'Decide what', lets: 'Record what was decided and learned' },
  'task.write': { area: 'Decide what', lets: 'Take on, hand over and complete what a decision left to do' },
  'flag.turn_off': { area: 'Control how', lets: 'Turn a flag off, anywhere, at once' },
  'flag.write': { area: 'Control how', lets: 'Create flags, target them and turn them on' },
  'change.propose': { area: 'Control how', lets: 'Propose and schedule changes of flags, and review those of others where the environment lets them' },
  'flag.bypass': { area: 'Control how', lets: 'Change a protected environment without approval, with a reason that is kept' },
  'layer.write': { area: 'Control how', lets: 'Create layers and holdouts, and release holdouts' },
  'key.write': { area: 'Connect', lets: 'Create, rotate and revoke SDK keys' },
  'token.write': { area: 'Connect', lets: 'Make API tokens that may do no more than they may' },
  'webhook.write': { area: 'Connect', lets: 'Send changes to other services by webhooks' },
  'export.schedule': { area: 'Connect', lets: 'Send exports to folders, buckets and services at set times' },
  'environment.write': { area: 'Look after the project', lets: 'Add environments, and set what changes in them need' },
  'member.write': { area: 'Look after the project', lets: 'Invite people, change roles, sign members out, remove members' },
  'project.write': { area: 'Look after the project', lets: 'Rename the project, declare unit types, and say what is a bot' },
}
