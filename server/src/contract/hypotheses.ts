import * as z from 'zod/mini'
import { instant, revision, share, slug, text, title } from './fields.ts'
import { direction } from './metrics.ts'
import { defineRoutes } from './route.ts'

/** The four levels every hypothesis climbs: 1 Plan to fail, 2 Fail fast, 3 Learn from failure, 4 Adapt and improve. */
export const level = z.int().check(z.gte(1), z.lte(4))

const tolerated = 'Use a change from 0% to 100%.'
const worthHaving = 'Use a change above 0% and up to 1,000%: the direction is chosen beside it.'
const wholeDays = 'Use 1 to 365 whole days.'

/** A metric that may veto. `margin` is the relative change for the worse that is still tolerated; null tolerates no proven harm only. */
export const guardrail = z.strictObject({ metric: slug, margin: z.nullable(z.number(tolerated).check(z.gte(0, tolerated), z.lte(1, tolerated))) })
export type Guardrail = z.infer<typeof guardrail>

/** Everything may be left open while the plan is being written; `missing` names what still stands in the way of starting. */
const editable = {
  title,
  /** We believe that ... */
  change: text,
  /** ... for ... */
  audience: text,
  cohort: z.nullable(slug),
  /** ... because ... */
  because: text,
  primaryMetric: z.nullable(slug),
  direction,
  /** Smallest effect worth having, as a relative lift (0.02 = 2 %). */
  minimumEffect: z.nullable(z.number(worthHaving).check(z.gt(0, worthHaving), z.lte(10, worthHaving))),
  guardrails: z.array(guardrail).check(z.maxLength(20, 'Use at most 20 guardrails.')),
  /** Metrics that explain but do not decide. */
  secondaryMetrics: z.array(slug).check(z.maxLength(50, 'Use at most 50 metrics that explain.')),
  /** What would prove us wrong. */
  wrongIf: text,
  rollbackPlan: text,
  /** Largest share of the cohort that may meet the change while it is being tested. */
  maxExposure: z.nullable(share),
  maxDays: z.nullable(z.int(wholeDays).check(z.gte(1, wholeDays), z.lte(365, wholeDays))),
  /** Who decides, and by when. */
  decider: z.string().check(z.maxLength(200, 'Keep it under 200 characters.')),
  /** What the writer expects before anything is measured: the chance that it is confirmed, and the relative lift. Scored once there is a verdict. */
  forecast: z.exactOptional(z.strictObject({ probability: z.nullable(share), lift: z.nullable(z.number().check(z.gte(-1), z.lte(10))) })),
  /** The hypothesis that it goes on from, or tests once more. */
  relatedTo: z.exactOptional(z.strictObject({ hypothesis: z.string(), kind: z.enum(['follow_up', 'replication']) })),
}
export const hypothesisDraft = z.strictObject(editable)
export type HypothesisDraft = z.infer<typeof hypothesisDraft>

export const hypothesis = z.object({
  /** `H-1`, `H-2`, ... */
  key: z.string(),
  ...editable,
  level,
  revision,
  createdAt: instant,
  createdBy: z.string(),
  changedAt: instant,
  changedBy: z.string(),
  /** In plain words, what the plan still lacks. */
  missing: z.array(z.object({ field: z.string(), message: z.string() })),
  /** What a careful reader would ask: vague or doubtful, but no reason not to start. */
  advice: z.exactOptional(z.array(z.object({ field: z.string(), code: z.string(), message: z.string() }))),
  /** Hypotheses that go on from this one or replicate it. */
  followedBy: z.exactOptional(z.array(z.object({ key: z.string(), title: z.string(), kind: z.enum(['follow_up', 'replication']) }))),
  experiments: z.array(z.object({ key: z.string(), status: z.string(), flag: z.string(), environment: slug, verdict: z.nullable(z.string()) })),
})
export type Hypothesis = z.infer<typeof hypothesis>

export const hypothesisRoutes = defineRoutes({
  listHypotheses: { method: 'GET', path: '/api/v1/projects/:project/hypotheses', summary: 'Hypotheses of a project, newest first', access: 'project.read', response: z.object({ hypotheses: z.array(hypothesis) }) },
  createHypothesis: { method: 'POST', path: '/api/v1/projects/:project/hypotheses', summary: 'Write down a hypothesis; it may be unfinished', access: 'hypothesis.write', body: hypothesisDraft, response: hypothesis, status: 201 },
  getHypothesis: { method: 'GET', path: '/api/v1/projects/:project/hypotheses/:hypothesis', summary: 'A hypothesis', access: 'project.read', response: hypothesis },
  saveHypothesis: { method: 'PUT', path: '/api/v1/projects/:project/hypotheses/:hypothesis', summary: 'Change a hypothesis; a sealed plan keeps the text it was sealed with', access: 'hypothesis.write', body: z.strictObject({ basedOn: revision, draft: hypothesisDraft }), response: hypothesis },
})
