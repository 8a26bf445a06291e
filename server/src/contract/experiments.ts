import * as z from 'zod/mini'
import { analysis } from './analysis.ts'
import { buckets, flagKey, givenReason, instant, reason, revision, share, slug, text, variantKey } from './fields.ts'
import { defineRoutes } from './route.ts'
import { guardrail, hypothesisDraft } from './hypotheses.ts'
import { metricDefinition, metricRole, propertyFilter } from './metrics.ts'
import { condition } from './ruleset.ts'
import { sealing } from './sealing.ts'

export const experimentStatus = z.enum(['draft', 'running', 'stopped', 'decided'])
export type ExperimentStatus = z.infer<typeof experimentStatus>
export const mode = z.enum(['fixed', 'always_valid', 'group_sequential'])
/** `weight` is a ratio to the other arms' weights. */
export const planArm = z.strictObject({ variant: variantKey, weight: z.number().check(z.gt(0)) })

const arms = z.array(planArm).check(z.minLength(2, 'An experiment needs two arms.'), z.maxLength(10))

/** A part of a layer, `[from, to)` of its 100,000 buckets: the experiment admits nobody whom another part has. */
const layerPart = z.strictObject({ key: slug, from: buckets, to: buckets })

const setup = {
  flag: flagKey,
  environment: slug,
  unitType: slug,
  /** `internal`: Assay assigns by a rule on the flag; `external`: the service records an assignment made elsewhere. */
  assignment: z.enum(['internal', 'external']),
  arms,
  control: variantKey,
  /** Share of eligible units admitted. */
  coverage: share,
  layer: z.exactOptional(layerPart),
  mode,
  /** Planned units over all arms; null plans by days only. */
  plannedUnits: z.nullable(z.int().check(z.gte(2))),
  plannedDays: z.nullable(z.int().check(z.gte(1), z.lte(365))),
  minDays: z.int().check(z.gte(0), z.lte(365)),
  alpha: z.number().check(z.gt(0), z.lt(0.5)),
  power: z.number().check(z.gt(0.5), z.lt(1)),
  /** Days before the first exposure whose values adjust the estimates (CUPED); absent or null for none. */
  cupedDays: z.exactOptional(z.nullable(z.int().check(z.gte(1), z.lte(90)))),
  /** How a group-sequential plan spends alpha: O'Brien-Fleming's way unless told. */
  spending: z.exactOptional(z.enum(['obf', 'quadratic'])),
  /** Units for which always-valid intervals are narrowest; the planned units, or 20,000 per pair, unless told. */
  tunedUnits: z.exactOptional(z.int().check(z.gte(2))),
  /** Coverage that is planned to be reached so many days after the start: no deviation. In order, rising. */
  coverageSteps: z.exactOptional(z.array(z.strictObject({ afterDays: z.int().check(z.gte(1), z.lte(365)), coverage: share })).check(z.maxLength(20))),
}
export const experimentSetup = z.strictObject(setup)
export type ExperimentSetup = z.infer<typeof experimentSetup>

export const planMetric = z.extend(metricDefinition, { key: slug, revision, name: z.string(), role: metricRole, margin: z.nullable(z.number()) })
export type PlanMetric = z.infer<typeof planMetric>

/** What is sealed at start: canonical JSON (RFC 8785) of this document is hashed with SHA-256. */
export const plan = z.strictObject({
  schema: z.literal(1),
  experiment: z.string(),
  phase: z.int(),
  hypothesis: z.strictObject({ key: z.string(), draft: hypothesisDraft }),
  flag: flagKey,
  environment: slug,
  salt: z.string(),
  unitType: slug,
  assignment: z.enum(['internal', 'external']),
  arms: z.array(planArm),
  control: variantKey,
  coverage: share,
  layer: z.exactOptional(layerPart),
  cohort: z.nullable(z.strictObject({ key: slug, revision, definition: z.strictObject({ unit: slug, when: z.nullable(condition), included: z.array(z.string()), excluded: z.array(z.string()) }) })),
  metrics: z.array(planMetric),
  guardrails: z.array(guardrail),
  mode,
  alpha: z.number(),
  power: z.number(),
  minimumEffect: z.number(),
  plannedUnits: z.nullable(z.int()),
  plannedDays: z.nullable(z.int()),
  minDays: z.int(),
  cupedDays: z.exactOptional(z.nullable(z.int())),
  spending: z.exactOptional(z.enum(['obf', 'quadratic'])),
  tunedUnits: z.exactOptional(z.int()),
  coverageSteps: z.exactOptional(z.array(z.strictObject({ afterDays: z.int(), coverage: share }))),
  /** Units whose attributes at the first exposure pass any of these are bots: dropped before the analysis, and counted. */
  bots: z.exactOptional(z.array(propertyFilter)),
  engineVersion: z.string(),
})
export type Plan = z.infer<typeof plan>

export const decision = z.object({ choice: z.enum(['ship', 'remove', 'iterate']), variant: z.nullable(variantKey), note: z.string(), learning: z.string(), differsFromVerdict: z.boolean(), by: z.string(), at: instant })

export const experimentSummary = z.object({
  /** `EXP-1`, `EXP-2`, ...: also the experiment's name in exposures. */
  key: z.string(),
  title: z.string(),
  hypothesis: z.string(),
  level: z.int(),
  status: experimentStatus,
  ...setup,
  phase: z.int(),
  revision,
  ruleId: z.nullable(z.string()),
  planHash: z.nullable(z.string()),
  createdAt: instant,
  startedAt: z.nullable(instant),
  endedAt: z.nullable(instant),
  stopReason: z.nullable(z.string()),
  decision: z.nullable(decision),
  people: z.int(),
  /** Days that the phase had run at the newest analysis, from the first exposure where history was sent; null while there is none. */
  days: z.nullable(z.number()),
  verdict: z.nullable(z.object({ kind: z.string(), final: z.boolean(), sentence: z.string() })),
})
export type ExperimentSummary = z.infer<typeof experimentSummary>

export const experimentDetail = z.extend(experimentSummary, {
  plan: z.nullable(plan),
  /** Newest analysis, or null while there is none. */
  analysis: z.nullable(analysis),
  /** What was registered beside what stands now: edits of the hypothesis, metrics and cohort after sealing, and every move that the plan did not foresee. */
  deviations: z.array(z.object({ what: z.string(), registered: z.string(), now: z.string(), at: z.exactOptional(instant), by: z.exactOptional(z.string()), reason: z.exactOptional(z.string()), phase: z.exactOptional(z.int()) })),
  /** Every phase that was started, in order; only the last counts for the verdict. */
  phases: z.exactOptional(z.array(z.object({ phase: z.int(), startedAt: instant, endedAt: z.nullable(instant), planHash: z.string(), arms: z.array(planArm), coverage: share, reason: z.nullable(z.string()), startedBy: z.string(), people: z.int(), verdict: z.nullable(z.object({ kind: z.string(), final: z.boolean(), sentence: z.string() })) }))),
  /** The next planned step of the coverage; null where none is left, or where people took the coverage into their own hands. */
  nextStep: z.exactOptional(z.nullable(z.object({ at: instant, coverage: share }))),
  /** Revisions, as they stand now, of what a start seals: `startExperiment` names them. */
  sealing,
  /** What must be true before it can start, with evidence. */
  checklist: z.array(z.object({ id: z.string(), label: z.string(), state: z.enum(['ok', 'blocker', 'warning']), evidence: z.string(), /** What puts it right. */ fix: z.exactOptional(z.string()) })),
})
export type ExperimentDetail = z.infer<typeof experimentDetail>

const formats = z.enum(['json', 'csv'])
const base = '/api/v1/projects/:project/experiments'

export const experimentRoutes = defineRoutes({
  listExperiments: { method: 'GET', path: base, summary: 'Experiments of a project, newest first', access: 'project.read', response: z.object({ experiments: z.array(experimentSummary) }) },
  createExperiment: { method: 'POST', path: base, summary: 'Draft an experiment for a hypothesis', access: 'experiment.write', body: z.strictObject({ hypothesis: z.string(), setup: experimentSetup }), response: experimentDetail, status: 201 },
  getExperiment: { method: 'GET', path: `${base}/:experiment`, summary: 'An experiment with its sealed plan and newest analysis', access: 'project.read', response: experimentDetail },
  saveExperiment: { method: 'PUT', path: `${base}/:experiment`, summary: 'Change a draft', access: 'experiment.write', body: z.strictObject({ basedOn: revision, setup: experimentSetup }), response: experimentDetail },
  startExperiment: { method: 'POST', path: `${base}/:experiment/start`, summary: 'Seal the plan and start: the flag receives the rule that admits units', access: 'experiment.run', body: z.strictObject({ basedOn: revision, sealing, reason: z.exactOptional(reason) }), response: experimentDetail },
  stopExperiment: { method: 'POST', path: `${base}/:experiment/stop`, summary: 'Stop: nobody new is admitted, everybody is served control', access: 'experiment.run', body: z.strictObject({ reason }), response: experimentDetail },
  coverExperiment: { method: 'POST', path: `${base}/:experiment/coverage`, summary: 'Admit more or fewer: whoever was admitted once stays in the analysis', access: 'experiment.run', body: z.strictObject({ basedOn: revision, coverage: share, reason: givenReason }), response: experimentDetail },
  rearmExperiment: { method: 'POST', path: `${base}/:experiment/arms`, summary: 'Change arms or weights: a new phase with a plan and a salt of its own', access: 'experiment.run', body: z.strictObject({ basedOn: revision, arms, reason: givenReason }), response: experimentDetail },
  extendExperiment: {
    method: 'POST', path: `${base}/:experiment/extension`, summary: 'Plan more units or days than were sealed: from then on it is read by the always-valid rule', access: 'experiment.run',
    body: z.strictObject({ basedOn: revision, plannedUnits: z.exactOptional(z.int().check(z.gte(2))), plannedDays: z.exactOptional(z.int().check(z.gte(1), z.lte(365))), reason: givenReason }), response: experimentDetail,
  },
  resumeExperiment: { method: 'POST', path: `${base}/:experiment/resume`, summary: 'Go on with a stopped experiment, at the coverage that is named', access: 'experiment.run', body: z.strictObject({ basedOn: revision, /** Said anew, so that nobody is exposed by default. */ coverage: share, reason: givenReason }), response: experimentDetail },
  decideExperiment: { method: 'POST', path: `${base}/:experiment/decide`, summary: 'Record what people decided and what was learned', access: 'experiment.decide', body: z.strictObject({ choice: z.enum(['ship', 'remove', 'iterate']), /** The arm to ship; may be left out where there is one treatment. */ variant: z.exactOptional(variantKey), note: text, learning: text }), response: experimentDetail },
  analyseExperiment: { method: 'POST', path: `${base}/:experiment/analyse`, summary: 'Analyse now and store the snapshot', access: 'project.read', response: experimentDetail },
  showNumbers: { method: 'POST', path: `${base}/:experiment/numbers-shown`, summary: 'Record that somebody looked at numbers that are hidden because their data is not sound', access: 'project.read', status: 204 },
  exportResults: { method: 'GET', path: `${base}/:experiment/results`, summary: 'Results with every number of the page', access: 'project.read', query: z.strictObject({ format: formats }), streams: ['application/json', 'text/csv'] },
  exportExposures: { method: 'GET', path: `${base}/:experiment/exposures.csv`, summary: 'First exposure of every unit', access: 'raw_data.export', streams: ['text/csv'] },
  exportEvents: { method: 'GET', path: `${base}/:experiment/events.csv`, summary: "Events of the plan's metrics by exposed units", access: 'raw_data.export', streams: ['text/csv'] },
  exportBundle: { method: 'GET', path: `${base}/:experiment/bundle.zip`, summary: 'Everything that its numbers rest on, so that anybody can compute them again', access: 'raw_data.export', streams: ['application/zip'] },
})
