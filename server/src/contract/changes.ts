import * as z from 'zod/mini'
import { flagKey, instant, json, reason, revision, slug, text, timeZone } from './fields.ts'
import { targeting } from './flags.ts'
import { defineRoutes } from './route.ts'

/**
 * A proposed change of what a flag does in one environment. `open` waits for approvals, `approved` for somebody to apply
 * it, `scheduled` for its time. `conflicted`: live moved on in the same places, the author has to choose.
 */
export const changeStatus = z.enum(['open', 'approved', 'scheduled', 'applied', 'rejected', 'withdrawn', 'conflicted'])
export type ChangeStatus = z.infer<typeof changeStatus>

/** A wall-clock time in a place: resolved to an instant by the rules that place has on that day. */
export const changeSchedule = z.strictObject({ local: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'Give a time as 2027-03-31T09:00.')), timeZone })
export type ChangeSchedule = z.infer<typeof changeSchedule>
/** The same with the instant that it comes to. */
export const dueSchedule = z.object({ at: instant, local: z.string(), timeZone })

export const changeReview = z.object({
  by: z.object({ id: z.nullable(z.string()), name: z.string() }),
  verdict: z.enum(['approved', 'changes_requested', 'comment']),
  comment: z.string(),
  at: instant,
  /** Revision of the proposal that was reviewed. */
  revision,
  /** Given for an older proposal, or by somebody who may no longer approve: it does not count. */
  outdated: z.boolean(),
})
export type ChangeReview = z.infer<typeof changeReview>

export const changeSummary = z.object({
  /** `CH-12`. */
  key: z.string(),
  flag: flagKey,
  flagName: z.string(),
  environment: slug,
  status: changeStatus,
  reason: z.string(),
  author: z.object({ id: z.nullable(z.string()), name: z.string() }),
  createdAt: instant,
  changedAt: instant,
  /** When it is due, and how that was said. */
  schedule: z.nullable(dueSchedule),
  approvals: z.object({ given: z.int(), needed: z.int() }),
  /** Whether the next step is up to the person who asks: to review it, to apply it, or as its author to revise it or settle a conflict. */
  waitsForYou: z.boolean(),
})
export type ChangeSummary = z.infer<typeof changeSummary>

/** One place that live and the proposal changed in different ways. */
export const changeOverlap = z.object({ id: z.string(), subject: z.string(), was: json, live: json, yours: json })

export const change = z.extend(changeSummary, {
  /** Counts edits of the proposal. */
  revision,
  /** Revision of the environment's targeting that the proposal started from. */
  basedOn: revision,
  base: targeting,
  proposed: targeting,
  reviews: z.array(changeReview),
  /** How live stands to the base. `merged` is what applying would write; null while places overlap. */
  divergence: z.object({ state: z.enum(['none', 'diverged', 'conflict']), liveRevision: revision, live: targeting, merged: z.nullable(targeting), overlaps: z.array(changeOverlap) }),
  applied: z.nullable(z.object({ at: instant, by: z.string(), revision })),
  /** Why the last try to apply it failed. */
  failure: z.nullable(z.string()),
  /** What the person who asks may do with it now. */
  may: z.object({ edit: z.boolean(), review: z.boolean(), apply: z.boolean(), withdraw: z.boolean() }),
})
export type Change = z.infer<typeof change>

const because = reason.check(z.minLength(1, 'Say why.'))

export const changeRoutes = defineRoutes({
  listChanges: {
    method: 'GET', path: '/api/v1/projects/:project/changes', summary: 'Proposed and scheduled changes, newest first', access: 'project.read',
    query: z.strictObject({ status: z.exactOptional(changeStatus), flag: z.exactOptional(flagKey), environment: z.exactOptional(slug) }), response: z.object({ changes: z.array(changeSummary) }),
  },
  proposeChange: {
    method: 'POST', path: '/api/v1/projects/:project/flags/:flag/environments/:environment/changes', summary: 'Propose a change, for review or for a later time', access: 'change.propose',
    body: z.strictObject({ basedOn: revision, targeting, reason: because, schedule: z.exactOptional(changeSchedule) }), response: change, status: 201,
  },
  getChange: { method: 'GET', path: '/api/v1/projects/:project/changes/:change', summary: 'A proposed change with its reviews and how live stands to it', access: 'project.read', response: change },
  updateChange: {
    method: 'PUT', path: '/api/v1/projects/:project/changes/:change', summary: 'Edit a proposal; approvals of the older one no longer count', access: 'change.propose',
    body: z.strictObject({ revision, basedOn: revision, targeting, reason: because, schedule: z.nullable(changeSchedule) }), response: change,
  },
  reviewChange: {
    method: 'POST', path: '/api/v1/projects/:project/changes/:change/reviews', summary: 'Approve a proposal, ask for changes, or comment', access: 'change.propose',
    body: z.strictObject({ revision, verdict: z.enum(['approved', 'changes_requested', 'comment']), comment: text }), response: change,
  },
  applyChange: { method: 'POST', path: '/api/v1/projects/:project/changes/:change/apply', summary: 'Make an approved change live', access: 'flag.write', body: z.strictObject({ revision, confirmMoves: z.exactOptional(z.literal(true)) }), response: change },
  withdrawChange: { method: 'POST', path: '/api/v1/projects/:project/changes/:change/withdraw', summary: 'Take a proposal back, or reject it', access: 'change.propose', body: z.strictObject({ reason: z.exactOptional(reason) }), response: change },
})
