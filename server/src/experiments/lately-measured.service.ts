import type { ExperimentSetup } from '../contract/experiments.ts'
import type { Metric, MetricPreview } from '../contract/metrics.ts'
import type { Deps } from '../deps.ts'
import { previewMetric } from '../metrics/preview.service.ts'
import type { ClickHouseClient } from '../platform/clickhouse.ts'
import type { MetricHistory } from './checklist-power.ts'
import { createEvidenceStore } from './evidence.store.ts'

type Reading = Pick<Deps, 'db' | 'events' | 'now'>

const metricAnswers = keptForAMinute<MetricPreview>(({ level }) => level !== null)
const peopleAnswers = keptForAMinute<number[]>((days) => days.length > 0)

/** What a metric was lately, as its preview says. Two weeks of events take their time, and a page that is open asks again and again. */
export async function metricLately(deps: Reading, projectId: string, { environment, unitType }: Pick<ExperimentSetup, 'environment' | 'unitType'>, metric: Metric, days: number): Promise<MetricHistory> {
  const { key, name, description: _text, owner: _owner, revision: _revision, changedAt: _at, changedBy: _by, ...definition } = metric
  const { level, sd, counted } = await metricAnswers(deps, [projectId, environment, unitType, days, definition], () => previewMetric(deps, projectId, { environment, unitType, days, definition }))
  return { key, name, type: definition.type, windowHours: definition.windowHours, level, sd, counted }
}

/** Distinct people by the end of each day. */
export function peopleLately(deps: Reading, place: { projectId: string; environmentId: string }, unitType: string, days: number): Promise<number[]> {
  const since = new Date(deps.now().getTime() - days * 24 * 3_600_000)
  return peopleAnswers(deps, [place, unitType, days], () => createEvidenceStore(deps.events).distinctByDay(place, unitType, since))
}

const KEPT_MS = 60_000

/** Keeps what an event store answered. A question is the whole of what it depends on, so a changed set-up, metric or project asks anew; what failed or found nothing is asked again. */
function keptForAMinute<T>(found: (answer: T) => boolean) {
  const stores = new WeakMap<ClickHouseClient, Map<string, { until: number; answer: Promise<T> }>>()
  return ({ events, now }: Reading, question: readonly unknown[], ask: () => Promise<T>): Promise<T> => {
    const at = now().getTime()
    const answers = stores.get(events) ?? new Map<string, { until: number; answer: Promise<T> }>()
    stores.set(events, answers)
    for (const [asked, { until }] of answers) if (until <= at) answers.delete(asked)
    const key = JSON.stringify(question)
    const answer = answers.get(key)?.answer ?? ask()
    if (answers.has(key)) return answer
    answers.set(key, { until: at + KEPT_MS, answer })
    const forget = () => answers.delete(key)
    answer.then((said) => found(said) || forget(), forget)
    return answer
  }
}
