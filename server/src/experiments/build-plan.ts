import type { Plan, PlanMetric } from '../contract/experiments.ts'
import type { ExperimentSetup } from '../contract/experiments.ts'
import type { HypothesisDraft } from '../contract/hypotheses.ts'
import type { Metric } from '../contract/metrics.ts'
import { tunedUnitsOf } from './tuned-units.ts'

export interface PlanInput {
  experiment: string
  phase: number
  salt: string
  hypothesis: { key: string; draft: HypothesisDraft & { primaryMetric: string; minimumEffect: number } }
  setup: ExperimentSetup
  cohort: Plan['cohort']
  /** Every metric of the project, by key. */
  metrics: ReadonlyMap<string, Metric>
  /** What the project calls a bot; nothing unless told. */
  bots?: NonNullable<Plan['bots']>
  engineVersion: string
}

/** The document that is sealed: everything that the verdict will follow, by value, so that later edits change nothing. */
export function buildPlan(input: PlanInput): Plan {
  const { setup, hypothesis } = input
  const { draft } = hypothesis
  const metric = (key: string, role: PlanMetric['role'], margin: number | null): PlanMetric => {
    const found = input.metrics.get(key)
    if (!found) throw new Error(`metric ${key} vanished while its plan was sealed`)
    const { description: _text, owner: _owner, changedAt: _at, changedBy: _by, ...sealed } = found
    return { ...sealed, role, direction: role === 'primary' ? draft.direction : sealed.direction, margin }
  }
  const guarded = new Set(draft.guardrails.map((guardrail) => guardrail.metric))
  const secondary = draft.secondaryMetrics.filter((key) => key !== draft.primaryMetric && !guarded.has(key))
  return {
    schema: 1,
    experiment: input.experiment,
    phase: input.phase,
    hypothesis,
    flag: setup.flag,
    environment: setup.environment,
    salt: input.salt,
    unitType: setup.unitType,
    assignment: setup.assignment,
    arms: setup.arms,
    control: setup.control,
    coverage: setup.coverage,
    ...(setup.layer ? { layer: setup.layer } : {}),
    cohort: input.cohort,
    metrics: [
      metric(draft.primaryMetric, 'primary', null),
      ...draft.guardrails.map((guardrail) => metric(guardrail.metric, 'guardrail', guardrail.margin)),
      ...[...new Set(secondary)].map((key) => metric(key, 'secondary', null)),
    ],
    guardrails: draft.guardrails,
    mode: setup.mode,
    alpha: setup.alpha,
    power: setup.power,
    minimumEffect: draft.minimumEffect,
    plannedUnits: setup.plannedUnits,
    plannedDays: setup.plannedDays,
    minDays: setup.minDays,
    ...(setup.cupedDays == null ? {} : { cupedDays: setup.cupedDays }),
    ...(setup.mode === 'group_sequential' ? { spending: setup.spending ?? 'obf' } : {}),
    tunedUnits: tunedUnitsOf(setup),
    ...(setup.coverageSteps && setup.coverageSteps.length > 0 ? { coverageSteps: setup.coverageSteps } : {}),
    ...(input.bots && input.bots.length > 0 ? { bots: input.bots } : {}),
    engineVersion: input.engineVersion,
  }
}
