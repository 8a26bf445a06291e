import type { ExperimentSetup } from '../contract/experiments.ts'
import { setupOf } from '../contract/setup-of.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import { isStoreAway } from '../ingest/storage-errors.ts'
import { createLayersStore } from '../layers/layers.store.ts'
import { createMetricsStore } from '../metrics/metrics.store.ts'
import type { Database, Tx } from '../platform/postgres.ts'
import { type Asking, checklist, type ChecklistFacts, roomItems } from './checklist.ts'
import type { ChecklistItem } from './checklist-item.ts'
import type { MetricHistory } from './checklist-power.ts'
import { createEvidenceStore } from './evidence.store.ts'
import { flagAround } from './experiment-flag.service.ts'
import { createExperimentsStore, type ExperimentRecord } from './experiments.store.ts'
import { metricLately, peopleLately } from './lately-measured.service.ts'

const ASKED_WITHIN_MS = 3_600_000
const HISTORY_DAYS = 14

/** What was measured and seen lately. Taken before a change, as it may take the event store its time. */
export type Evidence = Pick<ChecklistFacts, 'history' | 'traffic' | 'asking' | 'below'>

export async function evidenceFor(deps: Pick<Deps, 'db' | 'events' | 'now' | 'log'>, projectId: string, record: ExperimentRecord): Promise<Evidence> {
  const { environmentId, summary, draft } = record
  const now = deps.now()
  const since = new Date(now.getTime() - HISTORY_DAYS * 24 * 3_600_000)
  const lately = new Date(now.getTime() - ASKED_WITHIN_MS)
  const store = createEvidenceStore(deps.events)
  const place = { projectId, environmentId }
  const known = async <T>(ask: Promise<T>): Promise<T | null> => {
    try {
      return await ask
    } catch (error) {
      if (!isStoreAway(error) && !(error instanceof AppError)) throw error
      deps.log.warn({ err: error }, 'The checklist goes without what the event store knows')
      return null
    }
  }
  const [history, distinctByDay, evaluated, evaluatedAt, sdks, environments] = await Promise.all([
    known(historyOf(deps, projectId, summary, [draft.primaryMetric, ...draft.guardrails.map(({ metric }) => metric)].filter((key) => key !== null))),
    known(peopleLately(deps, place, summary.unitType, HISTORY_DAYS)),
    known(store.evaluated(projectId, summary.flag, since)),
    known(store.lastEvaluation(place, lately)),
    createExperimentsStore(deps.db).sdksSince(environmentId, lately),
    createExperimentsStore(deps.db).environmentsBelow(environmentId),
  ])
  const asking: Asking = { sdks, evaluatedAt }
  return { history, traffic: distinctByDay && { distinctByDay }, asking, below: evaluated && environments.map(({ id, key }) => ({ environment: key, evaluated: evaluated.get(id) ?? [] })) }
}

/** What the metrics of a plan were lately. */
async function historyOf(deps: Pick<Deps, 'db' | 'events' | 'now'>, projectId: string, setup: ExperimentSetup, keys: readonly string[]): Promise<MetricHistory[]> {
  const found: MetricHistory[] = []
  for (const metric of (await createMetricsStore(deps.db).list(projectId)).filter(({ key }) => keys.includes(key))) found.push(await metricLately(deps, projectId, setup, metric, HISTORY_DAYS))
  return found
}

export async function checklistOf(db: Database | Tx, projectId: string, record: ExperimentRecord, evidence: Evidence): Promise<ChecklistItem[]> {
  const setup = setupOf(record.summary)
  const store = createExperimentsStore(db)
  const target = await store.target(projectId, setup.flag, setup.environment)
  const sameMetric = record.draft.primaryMetric === null ? [] : (await store.runningBy(record.environmentId, record.draft.primaryMetric)).filter(({ key }) => key !== record.summary.key)
  return checklist({ ...(await roomFor(db, projectId, record, setup)), ...evidence, production: target?.production ?? true, sameMetric })
}

/** Refuses to admit people where there is no room for them: under the limit of the hypothesis, on the flag, in the layer. */
export async function assertRoomFor(tx: Tx, projectId: string, record: ExperimentRecord, setup: ExperimentSetup): Promise<void> {
  const blockers = roomItems(await roomFor(tx, projectId, record, setup)).filter(({ state }) => state === 'blocker')
  if (blockers.length > 0) throw new AppError('plan_incomplete', `${blockers.map(({ evidence }) => evidence).join(' ')} Nothing was changed.`, { details: blockers })
}

async function roomFor(db: Database | Tx, projectId: string, record: ExperimentRecord, setup: ExperimentSetup) {
  const { targeting, place } = await flagAround(db, record, setup)
  const overlapping = (await createExperimentsStore(db).runningOn(record.flagId, record.environmentId)).filter((key) => key !== record.summary.key)
  const layer = setup.layer ? ((await createLayersStore(db).layers(projectId)).find(({ key }) => key === setup.layer?.key) ?? null) : null
  return { draft: record.draft, setup, targeting, place, overlapping, layer: layer && { ...layer, taken: layer.taken.filter(({ experiment }) => experiment !== record.summary.key) } }
}
