import * as z from 'zod/mini'
import { instant, revision, slug, title } from './fields.ts'
import { propertyFilter } from './metrics.ts'
import { roles } from './roles.ts'
import { defineRoutes } from './route.ts'

export const unitType = z.strictObject({ key: slug, /** Dotted path of the context attribute that holds the unit. */ attribute: z.string() })

/** What a change of targeting in an environment needs. Turning off never waits for any of it. */
export const reviewPolicy = z.strictObject({
  /** Approvals of people other than the author; 0 for none. */
  approvals: z.int().check(z.gte(0), z.lte(5)),
  /** Roles whose approval counts. */
  approvers: z.array(z.enum(roles)).check(z.minLength(1, 'Name at least one role that may approve.')),
  requireReason: z.boolean(),
})
export type ReviewPolicy = z.infer<typeof reviewPolicy>

export const environment = z.object({
  key: slug,
  name: z.string(),
  production: z.boolean(),
  position: z.int(),
  policy: reviewPolicy,
  /** Whether OFREP's bulk answers have `metadata` and `eventStreams`, which some clients refuse as unknown. */
  ofrepExtras: z.boolean(),
  /** Of name, mark, policy and OFREP's extras. */
  revision,
  /** Version of the newest ruleset. */
  rulesetVersion: z.int(),
})
export type Environment = z.infer<typeof environment>

/** Units whose attributes at the first exposure pass any of these are bots: experiments seal them, drop whom they name and count them. */
const bots = z.array(propertyFilter).check(z.maxLength(20, 'Use at most 20 conditions.'))

export const project = z.object({ key: slug, name: z.string(), unitTypes: z.array(unitType), bots, /** Of name, unit types and bots. */ revision, environments: z.array(environment) })
export type Project = z.infer<typeof project>

export const sdkKey = z.object({
  id: z.string(),
  environment: slug,
  kind: z.enum(['server', 'client']),
  name: z.string(),
  /** The first characters, for recognition. */
  prefix: z.string(),
  createdAt: instant,
  createdBy: z.string(),
  lastUsedAt: z.nullable(instant),
  /** What used it last, as it names itself; null where nothing said. */
  lastUsedBy: z.nullable(z.string()),
  /** Since when it is refused: it was revoked, or stopped after its rotation. */
  revokedAt: z.nullable(instant),
  /** The key that it was rotated to. */
  replacedBy: z.nullable(z.object({ id: z.string(), prefix: z.string(), createdAt: instant })),
  /** When it stops, or stopped, by itself: only a key that was rotated does. */
  stopsAt: z.nullable(instant),
})
export type SdkKey = z.infer<typeof sdkKey>

/** How far the newest ruleset of an environment has come, by the acknowledgements of connected SDKs. */
export const standing = z.object({
  epoch: z.string(),
  version: z.int(),
  /** Null before the first ruleset. */
  publishedAt: z.nullable(instant),
  connected: z.int(),
  upToDate: z.int(),
  /**
   * From publishing to the last acknowledgement, by the server's clock. Null until every connected SDK has acknowledged, and where none
   * replaced an older ruleset by this one.
   */
  liveAfterMs: z.nullable(z.int()),
})
export type Standing = z.infer<typeof standing>

export const connections = z.extend(standing, {
  instances: z.array(z.object({ instanceId: z.string(), sdk: z.string(), epoch: z.string(), version: z.int(), appliedAt: instant, seenAt: instant })),
})
export type Connections = z.infer<typeof connections>

export const newEnvironment = z.strictObject({ key: slug, name: title, production: z.boolean() })
export const newKey = z.strictObject({ environment: slug, kind: z.enum(['server', 'client']), name: title })
/** How many hours a rotated key may go on beside the one that replaces it; 0 ends it at once. */
export const overlapHours = [0, 1, 24, 168] as const

export const projectRoutes = defineRoutes({
  createProject: { method: 'POST', path: '/api/v1/projects', summary: 'Create a project with development, staging and production', access: 'session', body: z.strictObject({ key: slug, name: title }), response: project, status: 201 },
  getProject: { method: 'GET', path: '/api/v1/projects/:project', summary: 'A project with its environments and unit types', access: 'project.read', response: project },
  updateProject: { method: 'PATCH', path: '/api/v1/projects/:project', summary: 'Rename a project, declare its unit types, or say what is a bot', access: 'project.write', body: z.strictObject({ basedOn: revision, name: z.exactOptional(title), unitTypes: z.exactOptional(z.array(unitType)), bots: z.exactOptional(bots) }), response: project },
  createEnvironment: { method: 'POST', path: '/api/v1/projects/:project/environments', summary: 'Add an environment; every flag starts off in it', access: 'environment.write', body: newEnvironment, response: environment, status: 201 },
  updateEnvironment: {
    method: 'PATCH', path: '/api/v1/projects/:project/environments/:environment', summary: 'Rename an environment, mark it as production, set what its changes need and what OFREP answers', access: 'environment.write',
    body: z.strictObject({ basedOn: revision, name: z.exactOptional(title), production: z.exactOptional(z.boolean()), policy: z.exactOptional(reviewPolicy), ofrepExtras: z.exactOptional(z.boolean()) }), response: environment,
  },
  listKeys: { method: 'GET', path: '/api/v1/projects/:project/keys', summary: 'SDK keys, without their secret', access: 'key.read', response: z.object({ keys: z.array(sdkKey) }) },
  createKey: {
    method: 'POST', path: '/api/v1/projects/:project/keys', summary: 'Create an SDK key; the secret is in this response only', access: 'key.write', asksPassword: true,
    body: newKey, response: z.object({ key: sdkKey, secret: z.string() }), status: 201,
  },
  rotateKey: {
    method: 'POST', path: '/api/v1/projects/:project/keys/:id/rotate', summary: 'Replace an SDK key by a new one, which is in this response only; the old one goes on for 0, 1, 24 (unless told) or 168 hours, then stops by itself', access: 'key.write', asksPassword: true,
    body: z.strictObject({ overlapHours: z._default(z.literal(overlapHours, 'Choose 0, 1, 24 or 168 hours.'), 24) }), response: z.object({ key: sdkKey, secret: z.string(), replaced: sdkKey }), status: 201,
  },
  extendKey: { method: 'PATCH', path: '/api/v1/projects/:project/keys/:id', summary: 'Let a rotated SDK key that still works stop later, at most 30 days from now', access: 'key.write', body: z.strictObject({ stopsAt: instant }), response: sdkKey },
  revokeKey: { method: 'DELETE', path: '/api/v1/projects/:project/keys/:id', summary: 'Revoke an SDK key at once', access: 'key.write', status: 204 },
  getConnections: { method: 'GET', path: '/api/v1/projects/:project/environments/:environment/connections', summary: 'Connected SDKs and the ruleset each has applied', access: 'project.read', response: connections },
})
