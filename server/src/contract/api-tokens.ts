import * as z from 'zod/mini'
import { instant, title, typedInstant } from './fields.ts'
import { roles } from './roles.ts'
import { defineRoutes } from './route.ts'

export const apiToken = z.object({
  id: z.string(),
  name: z.string(),
  /** The most that it may do. */
  role: z.enum(roles),
  /** What it may do now: never more than its person. */
  actsAs: z.enum(roles),
  /** The first characters, for recognition. */
  prefix: z.string(),
  /** In whose name it acts. */
  person: z.object({ id: z.string(), name: z.string() }),
  createdAt: instant,
  expiresAt: instant,
  lastUsedAt: z.nullable(instant),
  revokedAt: z.nullable(instant),
  revokedBy: z.nullable(z.string()),
})
export type ApiToken = z.infer<typeof apiToken>

/** `expiresAt` is at most a year ahead. */
export const newApiToken = z.strictObject({ name: title, role: z.enum(roles), expiresAt: typedInstant })
export type NewApiToken = z.infer<typeof newApiToken>

const tokens = '/api/v1/projects/:project/tokens'

export const apiTokenRoutes = defineRoutes({
  listApiTokens: { method: 'GET', path: tokens, summary: 'Your API tokens, and for admins everybody\'s, without their value', access: 'token.write', response: z.object({ tokens: z.array(apiToken) }) },
  createApiToken: { method: 'POST', path: tokens, summary: 'Create an API token that acts in your name; its value is in this response only', access: 'token.write', asksPassword: true, body: newApiToken, response: z.object({ token: apiToken, value: z.string() }), status: 201 },
  revokeApiToken: { method: 'DELETE', path: `${tokens}/:token`, summary: 'Revoke an API token at once', access: 'token.write', status: 204 },
})
