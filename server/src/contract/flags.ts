import * as z from 'zod/mini'
import { flagKey, flagValue, instant, reason, revision, share, slug, tag, text, title, variantKey } from './fields.ts'
import { defineRoutes } from './route.ts'
import { condition, flagType, prerequisite, serve, split } from './ruleset.ts'

export const flagKind = z.enum(['release', 'experiment', 'operational', 'permission'])
export type FlagKind = z.infer<typeof flagKind>

export const flagVariant = z.strictObject({ key: variantKey, name: z.exactOptional(title), value: flagValue })
export type FlagVariant = z.infer<typeof flagVariant>

/** A rule as people edit it: the wire rule plus its name. An experiment's rule is changed through the experiment. */
export const targetingRule = z.strictObject({ id: z.string().check(z.minLength(1), z.maxLength(100)), name: z.string().check(z.maxLength(200)), when: z.exactOptional(condition), serve, heldOut: z.exactOptional(z.literal(true)) })
export type TargetingRule = z.infer<typeof targetingRule>

/** What a flag does in one environment: the document that is edited, compared, and saved whole. */
export const targeting = z.strictObject({
  enabled: z.boolean(),
  offVariant: z.nullable(variantKey),
  prerequisites: z.array(prerequisite),
  rules: z.array(targetingRule).check(z.maxLength(200)),
  fallthrough: serve,
})
export type Targeting = z.infer<typeof targeting>

export const flagEnvironment = z.object({ environment: slug, revision, targeting, changedAt: instant, changedBy: z.string() })
export type FlagEnvironment = z.infer<typeof flagEnvironment>

export const flagDefinition = z.object({
  key: flagKey,
  name: z.string(),
  description: z.string(),
  kind: flagKind,
  type: flagType,
  clientVisible: z.boolean(),
  variants: z.array(flagVariant),
  owner: z.nullable(z.string()),
  tags: z.array(tag),
  /** Day by which the flag should be gone from the code, `2027-03-31`. */
  expectedRemoval: z.nullable(z.iso.date()),
  /** An archived flag is served no longer. Its key stays taken. */
  archivedAt: z.nullable(instant),
  /** Revision of the definition, named by `updateFlag`. */
  revision,
  createdAt: instant,
})
export const flagDetail = z.extend(flagDefinition, {
  environments: z.array(flagEnvironment),
  /** Experiments on this flag, newest first. */
  experiments: z.array(z.object({ key: z.string(), hypothesis: z.string(), status: z.string(), environment: slug, ruleId: z.nullable(z.string()) })),
})
export type FlagDetail = z.infer<typeof flagDetail>

export const flagSummary = z.object({
  key: flagKey,
  name: z.string(),
  kind: flagKind,
  type: flagType,
  owner: z.nullable(z.string()),
  tags: z.array(tag),
  clientVisible: z.boolean(),
  expectedRemoval: z.nullable(z.iso.date()),
  archivedAt: z.nullable(instant),
  createdAt: instant,
  /** Changes that wait for review or for their time. */
  openChanges: z.int(),
  variants: z.array(z.object({ key: variantKey, name: z.exactOptional(title) })),
  environments: z.array(z.object({ environment: slug, enabled: z.boolean(), rules: z.int(), fallthrough: serve, /** The first split that decides here, of a rule or of everyone else; null where there is none. */ split: z.nullable(split), offVariant: z.nullable(variantKey) })),
  experiment: z.nullable(z.object({ key: z.string(), hypothesis: z.string(), /** What the hypothesis is called. */ title: z.string(), level: z.int(), status: z.string() })),
  changedAt: instant,
  changedBy: z.string(),
})
export type FlagSummary = z.infer<typeof flagSummary>

/** Where a flag is in its life, by what services really ask for. */
export const lifecycleState = z.enum(['new', 'live', 'rolled_out', 'stale', 'archived'])
export type LifecycleState = z.infer<typeof lifecycleState>

export const flagUsage = z.object({
  flag: flagKey,
  lifecycle: z.object({ state: lifecycleState, /** Why, in a sentence. */ reason: z.string() }),
  environments: z.array(z.object({
    environment: slug,
    /** Null where no service has asked yet. */
    lastEvaluatedAt: z.nullable(instant),
    /** Evaluations in the last 24 hours, hour by hour, oldest first: 24 numbers. */
    hourly: z.array(z.int()),
  })),
})
export type FlagUsage = z.infer<typeof flagUsage>

/** Evaluations of one flag over time; `variant` is null where the caller's default was served. */
export const usageSeries = z.object({
  lastEvaluatedAt: z.nullable(instant),
  /** Length of a step in minutes. */
  stepMinutes: z.int(),
  points: z.array(z.object({ at: instant, variant: z.nullable(variantKey), count: z.int() })),
  /** Totals of the same time, most frequent first. */
  totals: z.array(z.object({ variant: z.nullable(variantKey), count: z.int() })),
})
export type UsageSeries = z.infer<typeof usageSeries>

/** Whose variant a change alters, computed over units seen lately. `variant` null is the caller's default. */
export const impact = z.object({
  /** Units the preview is computed over, newest first, and since when they were seen. */
  basis: z.object({ units: z.int(), since: z.nullable(instant) }),
  moved: z.int(),
  /** Of the units of the basis. */
  share,
  moves: z.array(z.object({ from: z.nullable(variantKey), to: z.nullable(variantKey), units: z.int() })),
  sample: z.array(z.object({ unit: z.string(), from: z.nullable(variantKey), to: z.nullable(variantKey) })),
  /** The experiment that runs on the flag here, and how many of its exposed units would move, of the newest 10,000. */
  running: z.nullable(z.object({ experiment: z.string(), moved: z.int() })),
})
export type Impact = z.infer<typeof impact>

/** One flag as two environments have it; null where it is not there. */
export const comparedFlag = z.object({ flag: flagKey, name: z.string(), same: z.boolean(), from: z.nullable(targeting), to: z.nullable(targeting) })
export type ComparedFlag = z.infer<typeof comparedFlag>

/** Said with a write to a protected environment by somebody who may go past the review; kept in the audit log with the reason. */
const bypass = z.exactOptional(z.literal(true))
/** Said when units of a running experiment would move and that is meant. */
const confirmMoves = z.exactOptional(z.literal(true))

/** Keys with commas between them; all flags where none are named. */
export const someFlags = z.string().check(z.maxLength(8000), z.refine((keys) => keys.split(',').every((key) => flagKey.safeParse(key).success), 'Name flags by their keys, with commas between them.'))

export const flagRoutes = defineRoutes({
  createFlag: {
    method: 'POST', path: '/api/v1/projects/:project/flags', summary: 'Create a flag, off in every environment', access: 'flag.write',
    body: z.strictObject({ key: flagKey, name: title, description: z.exactOptional(text), kind: flagKind, type: flagType, clientVisible: z.exactOptional(z.boolean()), tags: z.exactOptional(z.array(tag).check(z.maxLength(20))), expectedRemoval: z.exactOptional(z.nullable(z.iso.date())), variants: z.array(flagVariant).check(z.minLength(1, 'A flag needs a variant.'), z.maxLength(50)) }),
    response: flagDetail, status: 201,
  },
  getFlag: { method: 'GET', path: '/api/v1/projects/:project/flags/:flag', summary: 'A flag in all environments', access: 'project.read', response: flagDetail },
  updateFlag: {
    method: 'PATCH', path: '/api/v1/projects/:project/flags/:flag', summary: 'Change name, description, owner, tags, kind or variants of a flag', access: 'flag.write',
    body: z.strictObject({ basedOn: revision, name: z.exactOptional(title), description: z.exactOptional(text), clientVisible: z.exactOptional(z.boolean()), kind: z.exactOptional(flagKind), owner: z.exactOptional(z.nullable(title)), tags: z.exactOptional(z.array(tag).check(z.maxLength(20))), expectedRemoval: z.exactOptional(z.nullable(z.iso.date())), variants: z.exactOptional(z.array(flagVariant).check(z.minLength(1), z.maxLength(50))), reason: z.exactOptional(reason), bypass }),
    response: flagDetail,
  },
  saveTargeting: {
    method: 'PUT', path: '/api/v1/projects/:project/flags/:flag/environments/:environment', summary: 'Replace what a flag does in one environment', access: 'flag.write',
    body: z.strictObject({ basedOn: revision, targeting, reason: z.exactOptional(reason), bypass, confirmMoves }), response: flagEnvironment,
  },
  turnOn: {
    method: 'POST', path: '/api/v1/projects/:project/flags/:flag/environments/:environment/turn-on', summary: 'Turn a flag on', access: 'flag.write',
    body: z.strictObject({ basedOn: revision, reason: z.exactOptional(reason), bypass }), response: flagEnvironment,
  },
  turnOff: {
    method: 'POST', path: '/api/v1/projects/:project/flags/:flag/environments/:environment/turn-off', summary: 'Turn a flag off, whatever its revision: turning off never waits', access: 'flag.turn_off',
    body: z.strictObject({ reason: z.exactOptional(reason) }), response: flagEnvironment,
  },
  explainFlag: {
    method: 'POST', path: '/api/v1/projects/:project/flags/:flag/environments/:environment/explanation', summary: 'Say afterwards why a flag was changed; nothing else changes', access: 'flag.turn_off',
    body: z.strictObject({ reason: reason.check(z.minLength(1, 'Say why.')) }), status: 204,
  },
  previewImpact: {
    method: 'POST', path: '/api/v1/projects/:project/flags/:flag/environments/:environment/impact', summary: 'Whose variant a targeting would alter, over units seen lately', access: 'project.read',
    body: z.strictObject({ targeting }), response: impact,
  },
  promoteTargeting: {
    method: 'POST', path: '/api/v1/projects/:project/flags/:flag/environments/:environment/promote', summary: 'Take over what the flag does in another environment; rules of experiments stay where they are', access: 'flag.write',
    body: z.strictObject({ from: slug, basedOn: revision, reason: z.exactOptional(reason), bypass, confirmMoves }), response: flagEnvironment,
  },
  restoreTargeting: {
    method: 'POST', path: '/api/v1/projects/:project/flags/:flag/environments/:environment/restore', summary: 'Bring back what the flag did here at an earlier revision', access: 'flag.write',
    body: z.strictObject({ revision, basedOn: revision, reason: z.exactOptional(reason), bypass, confirmMoves }), response: flagEnvironment,
  },
  restoreDefinition: {
    method: 'POST', path: '/api/v1/projects/:project/flags/:flag/restore', summary: 'Bring back name, description, owner, tags and variants of an earlier revision', access: 'flag.write',
    body: z.strictObject({ revision, basedOn: revision, reason: z.exactOptional(reason), bypass }), response: flagDetail,
  },
  cloneFlag: {
    method: 'POST', path: '/api/v1/projects/:project/flags/:flag/clone', summary: 'Copy a flag under a new key, off in every environment; salts are copied, so nobody is bucketed anew', access: 'flag.write',
    body: z.strictObject({ key: flagKey, name: title }), response: flagDetail, status: 201,
  },
  archiveFlag: {
    method: 'POST', path: '/api/v1/projects/:project/flags/:flag/archive', summary: 'Archive a flag: services that still ask get their own default', access: 'flag.write',
    body: z.strictObject({ basedOn: revision, reason: z.exactOptional(reason) }), response: flagDetail,
  },
  unarchiveFlag: {
    method: 'POST', path: '/api/v1/projects/:project/flags/:flag/unarchive', summary: 'Bring an archived flag back, off in every environment', access: 'flag.write',
    body: z.strictObject({ reason: z.exactOptional(reason) }), response: flagDetail,
  },
  deleteFlag: { method: 'DELETE', path: '/api/v1/projects/:project/flags/:flag', summary: 'Delete an archived flag for good; its key is never used again', access: 'flag.write', asksPassword: true, status: 204 },
  listUsage: {
    method: 'GET', path: '/api/v1/projects/:project/flag-usage', summary: 'Lifecycle of flags, and their evaluations in the last 24 hours', access: 'project.read',
    query: z.strictObject({ flags: z.exactOptional(someFlags) }), response: z.object({ flags: z.array(flagUsage) }),
  },
  getUsage: {
    method: 'GET', path: '/api/v1/projects/:project/flags/:flag/environments/:environment/usage', summary: 'Evaluations of a flag per variant over time', access: 'project.read',
    query: z.strictObject({ hours: z.exactOptional(z.coerce.number().check(z.gte(1), z.lte(24 * 90))) }), response: usageSeries,
  },
  compareEnvironments: {
    method: 'GET', path: '/api/v1/projects/:project/compare', summary: 'Every flag as two environments have it', access: 'project.read',
    query: z.strictObject({ from: slug, to: slug }), response: z.object({ flags: z.array(comparedFlag) }),
  },
})
