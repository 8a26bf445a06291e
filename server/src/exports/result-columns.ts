import type { Analysis } from '../contract/analysis.ts'
import type { ExperimentDetail, Plan } from '../contract/experiments.ts'
import { columnsOf, jsonCell } from './columns.ts'

/** One phase of an experiment as it was analysed last, by the plan that was sealed for it. */
export interface AnalysedPhase {
  experiment: Pick<ExperimentDetail, 'key' | 'title' | 'hypothesis' | 'flag' | 'environment' | 'status' | 'phase' | 'startedAt' | 'endedAt' | 'verdict' | 'decision' | 'deviations'>
  plan: Plan
  analysis: Analysis
}

export interface ResultRow extends AnalysedPhase {
  metric: Analysis['metrics'][number]
  arm: Analysis['metrics'][number]['arms'][number]
  /** Against control; undefined for control itself. */
  comparison: Analysis['metrics'][number]['comparisons'][number] | undefined
}

/** A row per metric and arm, control first where the plan has it first. */
export function resultTable(phase: AnalysedPhase): ResultRow[] {
  return phase.analysis.metrics.flatMap((metric) => metric.arms.map((arm) => ({ ...phase, metric, arm, comparison: metric.comparisons.find((one) => one.arm === arm.arm) })))
}

const sealed = ({ plan, metric }: ResultRow) => plan.metrics.find(({ key }) => key === metric.key)
const raw = ({ comparison }: ResultRow) => comparison?.adjustment?.raw
const armVerdict = ({ analysis, arm }: ResultRow) => analysis.verdict.arms.find((one) => one.arm === arm.arm)
/** Of the phase that runs, the verdict that stands on record; of an earlier one, its last. */
const verdict = ({ experiment, analysis }: AnalysedPhase) => (experiment.phase === analysis.phase ? experiment.verdict : null) ?? analysis.verdict

export const resultColumns = columnsOf<ResultRow>(
  ['experiment', 'text', ({ experiment }) => experiment.key],
  ['title', 'text', ({ experiment }) => experiment.title],
  ['hypothesis', 'text', ({ experiment }) => experiment.hypothesis],
  ['flag', 'text', ({ experiment }) => experiment.flag],
  ['environment', 'text', ({ experiment }) => experiment.environment],
  ['status', 'text', ({ experiment }) => experiment.status],
  ['phase', 'integer', ({ analysis }) => analysis.phase],
  ['currentPhase', 'boolean', ({ experiment, analysis }) => experiment.phase === analysis.phase],
  ['metric', 'text', ({ metric }) => metric.key],
  ['metricName', 'text', ({ metric }) => metric.name],
  ['role', 'text', ({ metric }) => metric.role],
  ['metricType', 'text', ({ metric }) => metric.type],
  ['metricRevision', 'integer', (row) => sealed(row)?.revision],
  ['direction', 'text', ({ metric }) => metric.direction],
  ['unitLabel', 'text', ({ metric }) => metric.unitLabel],
  ['windowHours', 'number', (row) => sealed(row)?.windowHours],
  ['margin', 'number', ({ metric }) => metric.margin],
  ['arm', 'text', ({ arm }) => arm.arm],
  ['isControl', 'boolean', ({ analysis, arm }) => arm.arm === analysis.control],
  ['weight', 'number', ({ analysis, arm }) => analysis.arms.find((one) => one.arm === arm.arm)?.weight],
  ['exposed', 'integer', ({ analysis, arm }) => analysis.arms.find((one) => one.arm === arm.arm)?.n],
  ['n', 'integer', ({ arm }) => arm.n],
  ['mean', 'number', ({ arm }) => arm.mean],
  ['variance', 'number', ({ arm }) => arm.variance],
  ['withEvent', 'integer', ({ arm }) => arm.withEvent],
  ['capped', 'integer', ({ arm }) => arm.capped],
  ['uncappedMean', 'number', ({ arm }) => arm.uncapped?.mean],
  ['uncappedVariance', 'number', ({ arm }) => arm.uncapped?.variance],
  ['total', 'number', ({ arm }) => arm.total],
  ['denominatorTotal', 'number', ({ arm }) => arm.denominatorTotal],
  ['answer', 'text', ({ comparison }) => comparison?.status],
  ['flags', 'text', ({ comparison }) => comparison?.flags.join(' ')],
  ['diff', 'number', ({ comparison }) => comparison?.diff],
  ['se', 'number', ({ comparison }) => comparison?.se],
  ['t', 'number', ({ comparison }) => comparison?.t],
  ['df', 'number', ({ comparison }) => comparison?.df],
  ['p', 'number', ({ comparison }) => comparison?.p],
  ['adjustedP', 'number', ({ comparison }) => comparison?.adjustedP],
  ['ciLower', 'number', ({ comparison }) => comparison?.ciLower],
  ['ciUpper', 'number', ({ comparison }) => comparison?.ciUpper],
  ['lift', 'number', ({ comparison }) => comparison?.lift],
  ['liftLower', 'number', ({ comparison }) => comparison?.liftLower],
  ['liftUpper', 'number', ({ comparison }) => comparison?.liftUpper],
  ['liftSe', 'number', ({ comparison }) => comparison?.liftSe],
  ['decidedByMethod', 'text', ({ comparison }) => comparison?.decidedBy?.method],
  ['decidedByP', 'number', ({ comparison }) => comparison?.decidedBy?.p],
  ['decidedByCiLower', 'number', ({ comparison }) => comparison?.decidedBy?.ciLower],
  ['decidedByCiUpper', 'number', ({ comparison }) => comparison?.decidedBy?.ciUpper],
  ['decidedByLiftLower', 'number', ({ comparison }) => comparison?.decidedBy?.liftLower],
  ['decidedByLiftUpper', 'number', ({ comparison }) => comparison?.decidedBy?.liftUpper],
  ['adjustment', 'text', ({ comparison }) => comparison?.adjustment?.method],
  ['varianceReduction', 'number', ({ comparison }) => comparison?.adjustment?.varianceReduction],
  ['unadjustedDiff', 'number', (row) => raw(row)?.diff],
  ['unadjustedSe', 'number', (row) => raw(row)?.se],
  ['unadjustedP', 'number', (row) => raw(row)?.p],
  ['unadjustedCiLower', 'number', (row) => raw(row)?.ciLower],
  ['unadjustedCiUpper', 'number', (row) => raw(row)?.ciUpper],
  ['unadjustedLift', 'number', (row) => raw(row)?.lift],
  ['unadjustedLiftLower', 'number', (row) => raw(row)?.liftLower],
  ['unadjustedLiftUpper', 'number', (row) => raw(row)?.liftUpper],
  ['shrunkLift', 'number', ({ comparison }) => comparison?.shrunk?.lift],
  ['shrunkLower', 'number', ({ comparison }) => comparison?.shrunk?.lower],
  ['shrunkUpper', 'number', ({ comparison }) => comparison?.shrunk?.upper],
  ['chanceBetter', 'number', ({ comparison }) => comparison?.chanceBetter],
  ['expectedLoss', 'number', ({ comparison }) => comparison?.expectedLoss],
  ['reading', 'text', ({ metric, arm }) => metric.readings.find((one) => one.arm === arm.arm)?.reading],
  ['armVerdict', 'text', (row) => armVerdict(row)?.kind],
  ['armVerdictFinal', 'boolean', (row) => armVerdict(row)?.final],
  ['verdict', 'text', (row) => verdict(row).kind],
  ['verdictFinal', 'boolean', (row) => verdict(row).final],
  ['verdictSentence', 'text', (row) => verdict(row).sentence],
  ['decision', 'text', ({ experiment }) => experiment.decision?.choice],
  ['srmChi2', 'number', ({ analysis }) => analysis.srm.chi2],
  ['srmDf', 'integer', ({ analysis }) => analysis.srm.df],
  ['srmP', 'number', ({ analysis }) => analysis.srm.p],
  ['srmSequentialP', 'number', ({ analysis }) => analysis.srm.sequentialP],
  ['crossedUnits', 'integer', ({ analysis }) => analysis.crossedUnits],
  ['botUnits', 'integer', ({ analysis, arm }) => analysis.bots?.arms.find((one) => one.arm === arm.arm)?.n],
  ['botsP', 'number', ({ analysis }) => analysis.bots?.p],
  ['informationFraction', 'number', ({ analysis }) => analysis.informationFraction],
  ['days', 'number', ({ analysis }) => analysis.days],
  ['firstExposureAt', 'instant', ({ analysis }) => analysis.firstExposureAt],
  ['lastExposureAt', 'instant', ({ analysis }) => analysis.lastExposureAt],
  ['mode', 'text', ({ plan }) => plan.mode],
  ['alpha', 'number', ({ plan }) => plan.alpha],
  ['power', 'number', ({ plan }) => plan.power],
  ['minimumEffect', 'number', ({ plan }) => plan.minimumEffect],
  ['plannedUnits', 'integer', ({ plan }) => plan.plannedUnits],
  ['plannedDays', 'integer', ({ plan }) => plan.plannedDays],
  ['minDays', 'integer', ({ plan }) => plan.minDays],
  ['coverage', 'number', ({ plan }) => plan.coverage],
  ['cupedDays', 'integer', ({ plan }) => plan.cupedDays],
  ['spending', 'text', ({ plan }) => plan.spending],
  ['tunedUnits', 'integer', ({ plan }) => plan.tunedUnits],
  ['unitType', 'text', ({ plan }) => plan.unitType],
  ['deviations', 'json', ({ experiment }) => jsonCell(experiment.deviations)],
  ['planHash', 'text', ({ analysis }) => analysis.planHash],
  ['engineVersion', 'text', ({ analysis }) => analysis.engineVersion],
  ['analysedAt', 'instant', ({ analysis }) => analysis.at],
  ['startedAt', 'instant', ({ experiment }) => experiment.startedAt],
  ['endedAt', 'instant', ({ experiment }) => experiment.endedAt],
)

export interface DailyRow extends AnalysedPhase {
  daily: Analysis['daily'][number]
}

export function dailyTable(phase: AnalysedPhase): DailyRow[] {
  return phase.analysis.daily.map((daily) => ({ ...phase, daily }))
}

export const dailyColumns = columnsOf<DailyRow>(
  ['experiment', 'text', ({ experiment }) => experiment.key],
  ['phase', 'integer', ({ analysis }) => analysis.phase],
  ['metric', 'text', ({ analysis }) => analysis.metrics.find(({ role }) => role === 'primary')?.key],
  ['day', 'day', ({ daily }) => daily.day],
  ['arm', 'text', ({ daily }) => daily.arm],
  ['n', 'integer', ({ daily }) => daily.n],
  ['lift', 'number', ({ daily }) => daily.lift],
  ['liftLower', 'number', ({ daily }) => daily.lower],
  ['liftUpper', 'number', ({ daily }) => daily.upper],
  ['alpha', 'number', ({ plan }) => plan.alpha],
  ['planHash', 'text', ({ analysis }) => analysis.planHash],
  ['engineVersion', 'text', ({ analysis }) => analysis.engineVersion],
  ['analysedAt', 'instant', ({ analysis }) => analysis.at],
)
