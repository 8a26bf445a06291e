import { metricIssues } from '../contract/metric-issues.ts'
import type { MetricDefinition, MetricPreview } from '../contract/metrics.ts'
import type { Deps } from '../deps.ts'
import { createEnvironmentsStore } from '../environments/environments.store.ts'
import { invalidRequest } from '../http/register.ts'
import { createProjectsStore } from '../projects/projects.store.ts'
import { clusteredCdfSd, estimateFromOrderStatistics, isAnswer, noAnswer, quantileRanks, rankOf, type Answer, type Estimate } from '../stats/index.ts'
import { detectableEffect, TOTALS } from './detectable.ts'
import { everyDay, previewDays } from './preview-days.ts'
import { type ContributionMoments, type Preview, type SideCaps, withPreview } from './preview.store.ts'
import { plannedMetric, previewEstimate } from './preview-estimate.ts'

export interface PreviewRequest {
  environment: string
  unitType: string
  days: number
  definition: MetricDefinition
}

/** What a definition measures on the events that are there. */
export async function previewMetric(deps: Pick<Deps, 'db' | 'events' | 'now'>, projectId: string, request: PreviewRequest): Promise<MetricPreview> {
  const { definition, days } = request
  const environment = await createEnvironmentsStore(deps.db).get(projectId, request.environment)
  const known = await createProjectsStore(deps.db).unitTypes(projectId)
  if (!known.includes(request.unitType)) throw invalidRequest([{ path: 'unitType', message: `This project has no unit ${request.unitType}.` }])
  const issues = metricIssues(definition).map(({ path, message }) => ({ path: `definition.${path}`, message }))
  if (issues.length > 0) throw invalidRequest(issues)

  const { from, to } = previewDays(deps.now(), days)
  const place = { projectId, environmentId: environment.id, unitType: request.unitType, from, to }
  const measured = await withPreview(deps.events, place, definition, (preview) => measure(preview, definition, to))
  return { environment: environment.key, unitType: request.unitType, to: to.toISOString(), ...measured }
}

async function measure(preview: Preview, definition: MetricDefinition, to: Date): Promise<Omit<MetricPreview, 'environment' | 'unitType' | 'to'>> {
  const totals = await preview.totals()
  const caps = await capsOf(preview, definition)
  const estimate = totals.units > 0 && totals.counted === 0 ? noAnswer('too_early') : await estimateOf(preview, definition, caps)
  const answer = isAnswer(estimate) ? estimate : null
  const planned = answer && plannedMetric(definition.type, answer)
  return {
    from: preview.from.toISOString(),
    oneIn: preview.oneIn,
    ...totals,
    cap: caps.a,
    level: answer?.m ?? null,
    sd: planned?.sd ?? null,
    status: isAnswer(estimate) ? (planned && planned.sd > 0 ? 'ok' : 'zero_variance') : estimate.noAnswer,
    perDay: everyDay(preview.from, to, await preview.perDay()),
    detectable: TOTALS.map((units) => ({ units, effect: planned ? detectableEffect(planned.metric, definition.direction, units) : null })),
    sample: (await preview.newest()).map(({ at, ...row }) => ({ at: at.toISOString(), ...row })),
  }
}

/** A percentile is one of the values that are there, of each side of a ratio its own. */
async function capsOf(preview: Preview, { cap, type }: MetricDefinition): Promise<SideCaps> {
  if (!cap) return { a: null, b: null }
  if ('value' in cap) return { a: cap.value, b: type === 'ratio' ? cap.value : null }
  const { nonZeroA, nonZeroB } = await preview.moments({ a: null, b: null })
  const at = async (side: 'a' | 'b', count: number) => (count === 0 ? null : preview.nonZeroAt(side, rankOf(count, cap.percentile)))
  return { a: await at('a', nonZeroA), b: type === 'ratio' ? await at('b', nonZeroB) : null }
}

async function estimateOf(preview: Preview, definition: MetricDefinition, caps: SideCaps): Promise<Answer<Estimate>> {
  const { type, quantile } = definition
  if (type !== 'quantile' || !quantile) return previewEstimate(type, await preview.moments(caps))
  return quantile.of === 'events' ? eventQuantile(preview, quantile.q) : unitQuantile(preview, quantile.q, await preview.moments(caps))
}

async function unitQuantile(preview: Preview, q: number, { n }: ContributionMoments): Promise<Answer<Estimate>> {
  if (n === 0) return noAnswer('no_units')
  const ranks = quantileRanks(n, q)
  const [point = null, lower = null, upper = null] = await preview.unitValuesAt([ranks.rank, ranks.rankLower, ranks.rankUpper])
  return estimateFromOrderStatistics({ n, values: n, point, lower, upper, ranks })
}

/** Events of one unit resemble each other: the interval widens by how much the units' shares below the estimate differ. */
async function eventQuantile(preview: Preview, q: number): Promise<Answer<Estimate>> {
  const { values } = await preview.eventsBelow(0)
  if (values === 0) return noAnswer('no_units')
  const [point = null] = await preview.eventValuesAt([rankOf(values, q)])
  if (point === null) return noAnswer('no_units')
  const below = await preview.eventsBelow(point)
  const sd = clusteredCdfSd({ n: below.n, meanNum: below.meanA, meanDen: below.meanB, varianceNum: below.varianceA, varianceDen: below.varianceB, covariance: below.covariance })
  if (!isAnswer(sd)) return sd
  const ranks = quantileRanks(values, q, 0.05, sd)
  const [lower = null, upper = null] = await preview.eventValuesAt([ranks.rankLower, ranks.rankUpper])
  return estimateFromOrderStatistics({ n: below.n, values, point, lower, upper, ranks })
}
