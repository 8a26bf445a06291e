import * as z from 'zod/mini'
import { flagKey, instant, json, typedInstant, variantKey } from './fields.ts'
import { defineRoutes } from './route.ts'

const reasons = z.enum(['STATIC', 'DEFAULT', 'TARGETING_MATCH', 'SPLIT', 'DISABLED', 'ERROR'])

export interface PlaygroundStep {
  kind: 'flag' | 'prerequisite' | 'rule' | 'fallthrough' | 'condition' | 'cohort' | 'split' | 'layer' | 'holdout'
  text: string
  outcome: 'true' | 'false' | 'unknown'
  ruleId?: string | undefined
  steps: PlaygroundStep[]
}
const step: z.ZodMiniType<PlaygroundStep> = z.lazy(() => z.object({
  kind: z.enum(['flag', 'prerequisite', 'rule', 'fallthrough', 'condition', 'cohort', 'split', 'layer', 'holdout']),
  text: z.string(),
  outcome: z.enum(['true', 'false', 'unknown']),
  ruleId: z.optional(z.string()),
  steps: z.array(step),
}))

export const playgroundResult = z.object({
  flag: flagKey,
  /** Absent where the caller's default is served. */
  value: z.exactOptional(json),
  variant: z.nullable(variantKey),
  reason: reasons,
  errorCode: z.nullable(z.string()),
  errorMessage: z.nullable(z.string()),
  ruleId: z.nullable(z.string()),
  experiment: z.nullable(z.string()),
  phase: z.nullable(z.int()),
  /** The way to the decision; only when one flag was asked for. */
  steps: z.nullable(z.array(step)),
})
export type PlaygroundResult = z.infer<typeof playgroundResult>

/** A ruleset as it was served at some time. */
export const rulesetRevision = z.object({ version: z.int(), createdAt: instant })
export type RulesetRevision = z.infer<typeof rulesetRevision>

export const playgroundRoutes = defineRoutes({
  evaluateInPlayground: {
    method: 'POST', path: '/api/v1/projects/:project/environments/:environment/playground', summary: 'What a context gets, now, at an earlier time or version, and why', access: 'project.read',
    body: z.strictObject({ context: z.record(z.string(), json), flag: z.exactOptional(flagKey), /** What was live at this time. */ at: z.exactOptional(typedInstant), version: z.exactOptional(z.int()) }),
    response: z.object({ version: z.int(), epoch: z.string(), publishedAt: instant, newest: z.boolean(), results: z.array(playgroundResult) }),
  },
  listRulesets: {
    method: 'GET', path: '/api/v1/projects/:project/environments/:environment/rulesets', summary: 'Every ruleset that was served, newest first', access: 'project.read',
    query: z.strictObject({ before: z.exactOptional(z.coerce.number()), limit: z.exactOptional(z.coerce.number()) }), response: z.object({ rulesets: z.array(rulesetRevision), nextBefore: z.nullable(z.int()) }),
  },
})
