import type { Dimension } from '../contract/dimensions.ts'
import type { Base } from '../base.ts'
import { AppError } from '../http/app-error.ts'
import { isStoreAway } from '../ingest/storage-errors.ts'
import { createDimensionsStore, type Splitting } from './dimensions.store.ts'
import { readSlices } from './read-slices.ts'
import { createSnapshotsStore } from './snapshots.store.ts'

/** The current phase of a started experiment by an attribute or by day, computed when it is asked for: nobody decides on it, so nothing is stored. */
export async function readDimension(deps: Pick<Base, 'db' | 'events' | 'now'>, experimentId: string, by: Splitting | null): Promise<Dimension> {
  const experiment = await createSnapshotsStore(deps.db).experiment(experimentId)
  if (!experiment) throw new AppError('wrong_state', 'The experiment has not started: there is nobody to tell apart.')
  const { plan } = experiment
  const phase = { ...experiment, now: deps.now() }
  const store = createDimensionsStore(deps.events)
  try {
    const attributes = await store.attributes(phase)
    const metric = plan.metrics.find(({ role }) => role === 'primary')
    if (by === null || !metric) return { experiment: plan.experiment, phase: plan.phase, at: phase.now.toISOString(), attributes, split: null }
    const observed = (await store.slices(phase, by)).filter(({ exposed }) => [...exposed.values()].some((units) => units > 0))
    const { slices, heterogeneity } = readSlices({ plan, metric, slices: by === 'first_day' ? observed.toSorted((x, y) => (x.value < y.value ? -1 : 1)) : observed })
    return {
      experiment: plan.experiment, phase: plan.phase, at: phase.now.toISOString(), attributes,
      split: {
        by: by === 'first_day' ? 'first_day' : 'attribute', attribute: by === 'first_day' ? null : by.attribute,
        metric: { key: metric.key, name: metric.name, type: metric.type, direction: metric.direction, unitLabel: metric.unitLabel }, control: plan.control, slices, heterogeneity,
      },
    }
  } catch (error) {
    if (!isStoreAway(error)) throw error
    throw new AppError('storage_unavailable', 'The event store does not answer: results can be split again when it does.', { cause: error })
  }
}
