import * as z from 'zod/mini'
import { instant, json, reason, revision, share, slug, text, title } from './fields.ts'
import { defineRoutes } from './route.ts'
import { condition } from './ruleset.ts'

const units = z.array(z.string().check(z.minLength(1), z.maxLength(500))).check(z.maxLength(100_000))
const editable = { name: title, description: text, unit: slug, when: z.nullable(condition), included: units, excluded: units }

export const cohort = z.object({
  key: slug,
  ...editable,
  revision,
  changedAt: instant,
  changedBy: z.string(),
  /** Flags (per environment), open changes, cohorts and hypotheses that refer to this cohort. */
  usedBy: z.array(z.object({ kind: z.enum(['flag', 'change', 'cohort', 'hypothesis']), key: z.string(), environment: z.exactOptional(slug) })),
})
export type Cohort = z.infer<typeof cohort>

/** Who of the units that services met lately is in a cohort, as it is being edited. */
export const cohortSize = z.object({
  /** Units it is computed over: the newest, and between when they were seen last. Null where nobody was seen. */
  basis: z.object({ units: z.int(), since: z.nullable(instant), until: z.nullable(instant) }),
  inside: z.int(),
  /** Units of whom too little is known to say. */
  unknown: z.int(),
  /** Inside, of the units of the basis; 0 where nobody was seen. */
  share,
  /** At most five of those inside, newest first, each with what the condition asked about it; null where it was not known. */
  examples: z.array(z.object({ unit: z.string(), seenAt: instant, listed: z.boolean(), attributes: z.record(z.string(), z.nullable(json)) })),
})
export type CohortSize = z.infer<typeof cohortSize>

export const cohortRoutes = defineRoutes({
  listCohorts: { method: 'GET', path: '/api/v1/projects/:project/cohorts', summary: 'Cohorts of a project', access: 'project.read', response: z.object({ cohorts: z.array(cohort) }) },
  createCohort: { method: 'POST', path: '/api/v1/projects/:project/cohorts', summary: 'Create a cohort', access: 'cohort.write', body: z.strictObject({ key: slug, ...editable }), response: cohort, status: 201 },
  getCohort: { method: 'GET', path: '/api/v1/projects/:project/cohorts/:cohort', summary: 'A cohort', access: 'project.read', response: cohort },
  saveCohort: { method: 'PUT', path: '/api/v1/projects/:project/cohorts/:cohort', summary: 'Replace the definition of a cohort', access: 'cohort.write', body: z.strictObject({ basedOn: revision, ...editable, reason: z.exactOptional(reason) }), response: cohort },
  previewCohort: {
    method: 'POST', path: '/api/v1/projects/:project/cohorts/preview', summary: 'How many of the units seen lately a cohort would take in, with examples; nothing is saved', access: 'project.read',
    body: z.strictObject({ environment: slug, /** The cohort that it would take the place of. */ key: z.exactOptional(slug), unit: slug, when: z.nullable(condition), included: units, excluded: units }), response: cohortSize,
  },
  deleteCohort: { method: 'DELETE', path: '/api/v1/projects/:project/cohorts/:cohort', summary: 'Delete a cohort that nothing refers to', access: 'cohort.write', query: z.strictObject({ basedOn: z.coerce.number() }), status: 204 },
})
