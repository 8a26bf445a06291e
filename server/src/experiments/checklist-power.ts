import type { ExperimentSetup } from '../contract/experiments.ts'
import type { HypothesisDraft } from '../contract/hypotheses.ts'
import type { MetricType } from '../contract/metrics.ts'
import { answerOrNull, planDuration, planReach, powerPerMetric, requiredUnits, type PlannedMetric, type PlanQuestion } from '../stats/index.ts'
import { type ChecklistItem, checklistItem } from './checklist-item.ts'
import { shareWords } from './setup-words.ts'

/** What the last days say of a metric. */
export interface MetricHistory {
  key: string
  name: string
  type: MetricType
  windowHours: number | null
  level: number | null
  sd: number | null
  /** Units that it was measured on. */
  counted: number
}

export interface Traffic {
  /** Distinct units by the end of each of the last days, cumulated. */
  distinctByDay: readonly number[]
}

export interface PowerFacts {
  draft: Pick<HypothesisDraft, 'primaryMetric' | 'minimumEffect' | 'direction' | 'guardrails' | 'maxDays'>
  setup: ExperimentSetup
  /** Null where the event store did not answer. */
  history: readonly MetricHistory[] | null
  traffic: Traffic | null
}

/** Two-sided level of guardrails that must be shown not to get worse: one-sided, and not shared. */
const MARGIN_ALPHA = 0.05

/** Whether the plan can answer its question, and in time, by what the metric and the traffic were lately. Both are estimates: they warn, and never block. */
export function powerItems(facts: PowerFacts): ChecklistItem[] {
  return [powerItem(facts), durationEstimate(facts), ...marginItem(facts)]
}

function powerItem(facts: PowerFacts): ChecklistItem {
  const { draft, setup } = facts
  const question = primaryQuestion(facts)
  const label = 'It has enough people for its question'
  const answer = (state: ChecklistItem['state'], evidence: string, fix = '') => checklistItem('power', label, state, evidence, fix)
  const warning = (evidence: string, fix: string) => answer('warning', evidence, fix)
  if (facts.history === null) return warning('The event store does not answer: what the metric was lately is not known.', 'Look again when it does.')
  if (question === null) return warning(`${nameOf(facts, draft.primaryMetric)} was not measured in the last two weeks here: how many people it takes is not known.`, 'Record its event for some days first, or plan with numbers of your own.')
  const needed = answerOrNull(requiredUnits(question.plan))
  const units = plannedUnits(facts)
  if (needed === null) return warning(`By its level of ${question.level} no number of people shows the effect worth having.`, 'Look for another effect, or another metric.')
  const sized = draft.guardrails.length === 0 ? '' : ` Each of the ${draft.guardrails.length + 1} metrics is sized for ${shareWords(powerPerMetric(setup.power, draft.guardrails.length))}, so that all pass together in ${shareWords(setup.power)}.`
  const basis = `${nameOf(facts, draft.primaryMetric)} was ${question.level} for ${count(question.counted)} people in the last two weeks. To see a change of ${shareWords(draft.minimumEffect ?? 0)} takes ${count(needed.total)} people.${sized}`
  if (units === null) return answer('ok', `${basis} It runs open-ended.`)
  const reach = answerOrNull(planReach(question.plan, units))
  const chance = reach === null ? 'an unknown chance' : `a chance of ${shareWords(Math.min(reach.power, 0.999))}`
  if (units >= needed.total) return answer('ok', `${basis} ${count(units)} are planned.`)
  return warning(`${basis} ${count(units)} are planned, which leaves ${chance} to see it.`, `Plan for ${count(needed.total)} people, or for a larger effect.`)
}

function durationEstimate(facts: PowerFacts): ChecklistItem {
  const { draft, setup, traffic } = facts
  const label = 'Enough people come in time'
  const answer = (state: ChecklistItem['state'], evidence: string, fix = '') => checklistItem('traffic', label, state, evidence, fix)
  const warning = (evidence: string, fix: string) => answer('warning', evidence, fix)
  if (traffic === null) return warning('The event store does not answer: how many people come is not known.', 'Look again when it does.')
  const seen = traffic.distinctByDay.at(-1) ?? 0
  if (seen === 0) return warning('Nobody was seen here in the last two weeks: how long it takes is not known.', 'Connect a service, and look again in some days.')
  const question = primaryQuestion(facts)
  const needed = setup.plannedUnits ?? (question && answerOrNull(requiredUnits(question.plan))?.total) ?? null
  const people = `${count(seen)} people were seen here in ${traffic.distinctByDay.length === 1 ? 'one day' : `${traffic.distinctByDay.length} days`}, of any cohort`
  if (needed === null) return answer('ok', `${people}.`)
  const duration = answerOrNull(planDuration({ distinctByDay: traffic.distinctByDay, needed, coverage: admitted(setup), windowDays: windowDays(facts), minDays: setup.minDays }))
  if (duration === null) return warning(`${people}, and too few new ones come for the ${count(needed)} that are needed.`, 'Admit more, or plan for a larger effect.')
  const limit = Math.min(draft.maxDays ?? Infinity, setup.plannedDays ?? Infinity)
  const evidence = `${people}: ${count(needed)} take about ${duration.days} days at ${shareWords(admitted(setup))}${duration.extrapolated ? ', if new people keep coming as in the last week' : ''}.`
  if (duration.days <= limit) return answer('ok', evidence)
  return warning(`${evidence} It may run ${limit} days.`, 'Admit more, plan for a larger effect, or give it more days.')
}

/** A margin that the plan cannot show to hold stays unanswered, however long it runs. */
function marginItem(facts: PowerFacts): ChecklistItem[] {
  const { draft, setup, history } = facts
  const units = plannedUnits(facts)
  const guarded = draft.guardrails.filter(({ margin }) => margin !== null && margin > 0)
  if (history === null || units === null || guarded.length === 0) return []
  const measured = guarded.flatMap(({ metric, margin }) => {
    const planned = plannedOf(history.find(({ key }) => key === metric))
    const reach = planned && margin !== null && answerOrNull(planReach({ ...common(draft, setup), metric: planned.metric, effect: { relative: margin }, question: 'non_inferiority', alpha: MARGIN_ALPHA, mode: setup.mode }, units))
    return reach ? [{ name: nameOf(facts, metric), margin: margin ?? 0, mde: reach.mdeRelative ?? Infinity }] : []
  })
  if (measured.length === 0) return []
  const tight = measured.filter(({ margin, mde }) => mde > margin)
  const words = (all: typeof measured) => all.map(({ name, margin, mde }) => `${name}: limit ${shareWords(margin)}, can be shown from ${shareWords(mde)}`).join('; ')
  const label = 'Its limits can be shown to hold'
  const evidence = tight.length === 0 ? `${words(measured)}.` : `${words(tight)}. With ${count(units)} people it may stay unclear whether ${tight.length === 1 ? 'it holds' : 'they hold'}.`
  return [checklistItem('margins', label, tight.length === 0 ? 'ok' : 'warning', evidence, 'Plan for more people, or allow more.')]
}

function primaryQuestion(facts: PowerFacts): { plan: PlanQuestion; level: string; counted: number } | null {
  const { draft, setup, history } = facts
  const measured = history?.find(({ key }) => key === draft.primaryMetric)
  const planned = plannedOf(measured)
  if (!planned || !measured || draft.minimumEffect === null) return null
  const relative = draft.direction === 'increase' ? draft.minimumEffect : -draft.minimumEffect
  return { plan: { ...common(draft, setup), metric: planned.metric, effect: { relative }, question: 'difference', alpha: setup.alpha, mode: setup.mode }, level: planned.level, counted: measured.counted }
}

function common(draft: PowerFacts['draft'], setup: ExperimentSetup): Pick<PlanQuestion, 'power' | 'guardrails' | 'weights' | 'looks'> {
  const weightOf = (control: boolean) => setup.arms.filter(({ variant }) => (variant === setup.control) === control).map(({ weight }) => weight)
  return { power: setup.power, guardrails: draft.guardrails.length, weights: [...weightOf(true), ...weightOf(false)], looks: Math.max(2, Math.min(setup.plannedDays ?? 14, 28)) }
}

function plannedOf(measured: MetricHistory | undefined): { metric: PlannedMetric; level: string } | null {
  if (!measured || measured.level === null || measured.level === 0) return null
  const { type, level, sd } = measured
  switch (type) {
    case 'conversion':
    case 'retention':
    case 'funnel':
      return { metric: { kind: 'proportion', baseline: level }, level: shareWords(level) }
    case 'ratio':
    case 'quantile':
      return sd === null || sd === 0 ? null : { metric: { kind: type, baseline: level, sd }, level: digits(level) }
    case 'count':
    case 'sum':
    case 'mean':
      return sd === null || sd === 0 ? null : { metric: { kind: 'mean', baseline: level, sd }, level: digits(level) }
  }
}

/** People by the end of the plan: as many as it names, or as many as come in its days. */
function plannedUnits({ setup, traffic }: PowerFacts): number | null {
  if (setup.plannedUnits !== null) return setup.plannedUnits
  const days = traffic?.distinctByDay ?? []
  const last = days.at(-1) ?? 0
  if (setup.plannedDays === null || last === 0) return null
  const within = days[setup.plannedDays - 1]
  const span = Math.min(7, days.length)
  const perDay = (last - (days[days.length - 1 - span] ?? 0)) / span
  return Math.floor(admitted(setup) * (within ?? last + perDay * (setup.plannedDays - days.length)))
}

function windowDays({ draft, setup, history }: PowerFacts): number {
  const hours = history?.find(({ key }) => key === draft.primaryMetric)?.windowHours ?? null
  return setup.mode === 'always_valid' || hours === null ? 0 : Math.ceil(hours / 24)
}

function admitted({ coverage, layer, assignment }: ExperimentSetup): number {
  if (assignment === 'external') return 1
  return Math.max(1e-9, coverage * (layer ? (layer.to - layer.from) / 100_000 : 1))
}

function nameOf({ history }: PowerFacts, key: string | null): string {
  return history?.find((metric) => metric.key === key)?.name ?? key ?? 'The deciding metric'
}

function count(units: number): string {
  return units.toLocaleString('en-GB')
}

function digits(level: number): string {
  return String(Number(level.toPrecision(3)))
}
