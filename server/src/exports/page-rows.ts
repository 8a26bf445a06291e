import type { Analysis } from '../contract/analysis.ts'
import { canonicalJson } from '../contract/canonical-json.ts'
import type { ExperimentDetail, Plan } from '../contract/experiments.ts'
import { columnsOf } from './columns.ts'

/** One number of an experiment's page. */
export interface PageRow extends Record<'section' | 'metric' | 'arm' | 'day' | 'name', string | null> {
  value: string | number | boolean | null
}

export const pageColumns = columnsOf<PageRow>(
  ['section', 'text', (row) => row.section],
  ['metric', 'text', (row) => row.metric],
  ['arm', 'text', (row) => row.arm],
  ['day', 'day', (row) => row.day],
  ['name', 'text', (row) => row.name],
  ['value', 'text', (row) => row.value],
)

/** Every number of an experiment's page as one row each: a table that grows by rows, never by columns. Unknown values are empty cells. */
export function pageRows(experiment: Omit<ExperimentDetail, 'checklist' | 'sealing'>): PageRow[] {
  const { analysis, plan } = experiment
  return [
    ...rowsOf('experiment', {}, {
      key: experiment.key, title: experiment.title, hypothesis: experiment.hypothesis, flag: experiment.flag, environment: experiment.environment, status: experiment.status, phase: experiment.phase,
      planHash: experiment.planHash, startedAt: experiment.startedAt, endedAt: experiment.endedAt, stopReason: experiment.stopReason,
      mode: experiment.mode, alpha: experiment.alpha, power: experiment.power, minimumEffect: plan?.minimumEffect ?? null, coverage: experiment.coverage,
      plannedUnits: experiment.plannedUnits, plannedDays: experiment.plannedDays, minDays: experiment.minDays, people: experiment.people,
    }),
    ...(plan ? planRows(plan) : []),
    ...(analysis ? analysisRows(analysis) : []),
    ...(experiment.decision ? rowsOf('decision', {}, experiment.decision) : []),
    ...experiment.deviations.flatMap((deviation) => rowsOf('deviation', {}, deviation)),
  ]
}

/** What was sealed, but who the cohort's people are. */
function planRows(plan: Plan): PageRow[] {
  const { schema: _schema, metrics, arms, hypothesis, cohort, layer, guardrails: _inMetrics, ...facts } = plan
  const { guardrails: _margins, secondaryMetrics: _roles, primaryMetric: _role, cohort: _cohort, ...draft } = hypothesis.draft
  return [
    ...rowsOf('plan', {}, { hypothesis: hypothesis.key, ...draft, ...facts, cohort: cohort?.key ?? null, cohortRevision: cohort?.revision ?? null, ...(layer ? { layer: layer.key, layerFrom: layer.from, layerTo: layer.to } : {}) }),
    ...arms.flatMap(({ variant, weight }) => rowsOf('plan', { arm: variant }, { weight })),
    ...metrics.flatMap(({ key, ...metric }) => rowsOf('plan', { metric: key }, metric)),
  ]
}

function analysisRows(analysis: Analysis): PageRow[] {
  const { verdict, srm } = analysis
  return [
    ...rowsOf('analysis', {}, {
      at: analysis.at, engineVersion: analysis.engineVersion, planHash: analysis.planHash, informationFraction: analysis.informationFraction, days: analysis.days,
      firstExposureAt: analysis.firstExposureAt, lastExposureAt: analysis.lastExposureAt, control: analysis.control, crossedUnits: analysis.crossedUnits,
    }),
    ...rowsOf('verdict', {}, { kind: verdict.kind, final: verdict.final, sentence: verdict.sentence }),
    ...verdict.reasons.flatMap(({ metric, arm, ...reason }) => rowsOf('reason', { metric, arm }, reason)),
    ...verdict.warnings.flatMap(({ metric, arm, ...warning }) => rowsOf('warning', { metric, arm }, warning)),
    ...verdict.arms.flatMap(({ arm, kind, final }) => rowsOf('verdict', { arm }, { kind, final })),
    ...verdict.checks.flatMap(({ label, holds, evidence }) => rowsOf('check', {}, { label, holds, evidence })),
    ...rowsOf('srm', {}, { chi2: srm.chi2, df: srm.df, p: srm.p, sequentialP: srm.sequentialP }),
    ...srm.expected.flatMap(({ arm, share }) => rowsOf('srm', { arm }, { expectedShare: share })),
    ...analysis.arms.flatMap(({ arm, n, weight }) => rowsOf('arm', { arm }, { n, weight })),
    ...(analysis.bots ? [...rowsOf('bots', {}, { p: analysis.bots.p }), ...analysis.bots.arms.flatMap(({ arm, n }) => rowsOf('bots', { arm }, { n }))] : []),
    ...(analysis.power ?? []).flatMap(({ arm, ...power }) => rowsOf('power', { arm }, power)),
    ...(analysis.findings ?? []).flatMap(({ code, evidence, ...of }) => rowsOf('finding', of, { code, evidence })),
    ...analysis.metrics.flatMap(metricRows),
    ...analysis.daily.flatMap(({ day, arm, n, lift, lower, upper }) => rowsOf('daily', { arm, day }, { n, lift, lower, upper })),
  ]
}

function metricRows(result: Analysis['metrics'][number]): PageRow[] {
  const metric = result.key
  return [
    ...rowsOf('metric', { metric }, { name: result.name, role: result.role, type: result.type, direction: result.direction, unitLabel: result.unitLabel, margin: result.margin }),
    ...result.arms.flatMap(({ arm, ...level }) => rowsOf('level', { metric, arm }, level)),
    ...(result.steps ?? []).flatMap(({ event, arms }) => arms.flatMap(({ arm, ...step }) => rowsOf('step', { metric, arm }, { event, ...step }))),
    ...result.comparisons.flatMap(({ arm, flags, decidedBy, ...numbers }) => [
      ...rowsOf('comparison', { metric, arm }, { ...numbers, flags: flags.join(' ') }),
      ...(decidedBy ? rowsOf('decided by', { metric, arm }, decidedBy) : []),
    ]),
    ...result.readings.flatMap(({ arm, reading }) => rowsOf('reading', { metric, arm }, { reading })),
  ]
}

/** Numbers within numbers have names such as `adjustment.raw.diff`; a list is one cell of canonical JSON. */
function rowsOf(section: string, of: { metric?: string | undefined; arm?: string | undefined; day?: string }, values: object, within = ''): PageRow[] {
  return Object.entries(values).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return rowsOf(section, of, value, `${within}${name}.`)
    return [{ section, metric: of.metric ?? null, arm: of.arm ?? null, day: of.day ?? null, name: `${within}${name}`, value: cell(value) }]
  })
}

function cell(value: unknown): PageRow['value'] {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value
  return typeof value === 'string' ? value : canonicalJson(value)
}
