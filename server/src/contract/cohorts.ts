import * as z from 'zod/mini'
import { instant, reason, revision, slug, text, title } from './fields.ts'
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

export const cohortRoutes = defineRoutes({
  listCohorts: { method: 'GET', path: '/api/v1/projects/:project/cohorts', summary: 'Cohorts of a project', access: 'project.read', response: z.object({ cohorts: z.array(cohort) }) },
  createCohort: { method: 'POST', path: '/api/v1/projects/:project/cohorts', summary: 'Create a cohort', access: 'cohort.write', body: z.strictObject({ key: slug, ...editable }), response: cohort, status: 201 },
  getCohort: { method: 'GET', path: '/api/v1/projects/:project/cohorts/:cohort', summary: 'A cohort', access: 'project.read', response: cohort },
  saveCohort: { method: 'PUT', path: '/api/v1/projects/:project/cohorts/:cohort', summary: 'Replace the definition of a cohort', access: 'cohort.write', body: z.strictObject({ basedOn: revision, ...editable, reason: z.exactOptional(reason) }), response: cohort },
  deleteCohort: { method: 'DELETE', path: '/api/v1/projects/:project/cohorts/:cohort', summary: 'Delete a cohort that nothing refers to', access: 'cohort.write', query: z.strictObject({ basedOn: z.coerce.number() }), status: 204 },
})
