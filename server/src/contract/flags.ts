import * as z from 'zod/mini'
import { flagKey, instant, json, reason, revision, slug, text, title, variantKey } from './fields.ts'
import { defineRoutes } from './route.ts'
import { condition, flagType, prerequisite, serve } from './ruleset.ts'

export const flagKind = z.enum(['release', 'experiment', 'operational', 'permission'])
export type FlagKind = z.infer<typeof flagKind>

export const flagVariant = z.strictObject({ key: variantKey, name: z.exactOptional(title), value: json })
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
  variants: z.array(z.object({ key: variantKey, name: z.exactOptional(title) })),
  environments: z.array(z.object({ environment: slug, enabled: z.boolean(), rules: z.int(), fallthrough: serve, offVariant: z.nullable(variantKey) })),
  experiment: z.nullable(z.object({ key: z.string(), hypothesis: z.string(), level: z.int(), status: z.string() })),
  changedAt: instant,
  changedBy: z.string(),
})
export type FlagSummary = z.infer<typeof flagSummary>

export const flagRoutes = defineRoutes({
  listFlags: { method: 'GET', path: '/api/v1/projects/:project/flags', summary: 'Flags with their state in each environment', access: 'project.read', query: z.strictObject({ search: z.exactOptional(z.string()) }), response: z.object({ flags: z.array(flagSummary) }) },
  createFlag: {
    method: 'POST', path: '/api/v1/projects/:project/flags', summary: 'Create a flag, off in every environment', access: 'flag.write',
    body: z.strictObject({ key: flagKey, name: title, description: z.exactOptional(text), kind: flagKind, type: flagType, clientVisible: z.exactOptional(z.boolean()), variants: z.array(flagVariant).check(z.minLength(1, 'A flag needs a variant.'), z.maxLength(50)) }),
    response: flagDetail, status: 201,
  },
  getFlag: { method: 'GET', path: '/api/v1/projects/:project/flags/:flag', summary: 'A flag in all environments', access: 'project.read', response: flagDetail },
  updateFlag: {
    method: 'PATCH', path: '/api/v1/projects/:project/flags/:flag', summary: 'Change name, description or variants of a flag', access: 'flag.write',
    body: z.strictObject({ basedOn: revision, name: z.exactOptional(title), description: z.exactOptional(text), clientVisible: z.exactOptional(z.boolean()), variants: z.exactOptional(z.array(flagVariant).check(z.minLength(1), z.maxLength(50))), reason: z.exactOptional(reason) }),
    response: flagDetail,
  },
  saveTargeting: {
    method: 'PUT', path: '/api/v1/projects/:project/flags/:flag/environments/:environment', summary: 'Replace what a flag does in one environment', access: 'flag.write',
    body: z.strictObject({ basedOn: revision, targeting, reason: z.exactOptional(reason) }), response: flagEnvironment,
  },
  turnOn: {
    method: 'POST', path: '/api/v1/projects/:project/flags/:flag/environments/:environment/turn-on', summary: 'Turn a flag on', access: 'flag.write',
    body: z.strictObject({ basedOn: revision, reason: z.exactOptional(reason) }), response: flagEnvironment,
  },
  turnOff: {
    method: 'POST', path: '/api/v1/projects/:project/flags/:flag/environments/:environment/turn-off', summary: 'Turn a flag off, whatever its revision: turning off never waits', access: 'flag.turn_off',
    body: z.strictObject({ reason: z.exactOptional(reason) }), response: flagEnvironment,
  },
  explainFlag: {
    method: 'POST', path: '/api/v1/projects/:project/flags/:flag/environments/:environment/explanation', summary: 'Say afterwards why a flag was changed; nothing else changes', access: 'flag.turn_off',
    body: z.strictObject({ reason: reason.check(z.minLength(1, 'Say why.')) }), status: 204,
  },
})
