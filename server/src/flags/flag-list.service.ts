import type { Base } from '../base.ts'
import type { FlagName, FlagPage, FlagViewCounts } from '../contract/flag-lists.ts'
import { flagViewKeys, isFlagFound, isFlagInView, type FlagFilter, type FlagView, type ViewContext } from '../contract/flag-views.ts'
import { createEnvironmentsStore, type EnvironmentRecord } from '../environments/environments.store.ts'
import { AppError } from '../http/app-error.ts'
import { listUsage } from '../usage/usage.service.ts'
import { readCursor, writeCursor } from './flag-cursor.ts'
import { auditedSeq, readIndexedFlags } from './flag-index.store.ts'
import { comparePlaces, NEWEST_CHANGE, type FlagOrder, type OrderContext, sortValue } from './flag-order.ts'
import { withStates } from './flag-summaries.store.ts'
import type { IndexedFlag } from './indexed-flag.ts'
import { createMemory } from './memory.ts'

type Usage = OrderContext['usage']

/** Whose list, and what narrows it. */
interface Asked {
  projectId: string
  /** Name of the person who looks. */
  me: string
  filter: FlagFilter & { view?: FlagView | undefined }
}

interface PageAsked extends Asked {
  order: Partial<FlagOrder>
  cursor: string | undefined
  limit: number
}

interface FlagIndex {
  environments: EnvironmentRecord[]
  flags: IndexedFlag[]
}

/** Projects whose flags are kept in memory. */
const KEPT_PROJECTS = 20
/** Lifecycle and decisions by which lists are narrowed and sorted are not older than this. */
const USAGE_MS = 30_000

/**
 * Lists of flags, whatever their number: what they are narrowed and sorted by is kept in memory until the project's
 * audit log grows, and only the flags of the page are read whole. Every change of a flag is in the log, so a list
 * never shows less than what is saved, in whichever process that was.
 */
export function createFlagList(deps: Pick<Base, 'db' | 'events' | 'now'>) {
  const indexOf = createMemory<FlagIndex>(KEPT_PROJECTS)
  const usageOf = createMemory<Usage>(KEPT_PROJECTS)

  async function read(projectId: string) {
    const seq = await auditedSeq(deps.db, projectId)
    const index = await indexOf(projectId, String(seq), async () => {
      const environments = await createEnvironmentsStore(deps.db).list(projectId)
      return { environments, flags: await readIndexedFlags(deps.db, projectId, environments) }
    })
    return { seq, ...index }
  }

  const readUsage = (projectId: string, seq: number): Promise<Usage> => usageOf(projectId, `${seq} ${Math.floor(deps.now().getTime() / USAGE_MS)}`, async () =>
    new Map((await listUsage(deps, projectId)).map(({ flag, lifecycle, environments }) => [flag, { lifecycle, decisions: environments.reduce((sum, { hourly }) => sum + hourly.reduce((all, count) => all + count, 0), 0) }])))

  /** Null while the event store does not answer. */
  async function knownUsage(projectId: string, seq: number): Promise<Usage | null> {
    try {
      return await readUsage(projectId, seq)
    } catch (error) {
      if (error instanceof AppError && error.code === 'storage_unavailable') return null
      throw error
    }
  }

  async function find({ projectId, me, filter: { view = 'all', ...filter } }: Asked, sort?: FlagOrder['sort']) {
    const { seq, flags, environments } = await read(projectId)
    const needed = view === 'cleanup' || sort === 'decisions' || sort === 'state'
    // Nothing can be found by a state that is not known.
    const usage = filter.state !== undefined ? await readUsage(projectId, seq) : needed ? await knownUsage(projectId, seq) ?? new Map() : new Map()
    const context: ViewContext & OrderContext = { environments, me, usage, now: deps.now() }
    const inView = flags.filter((flag) => isFlagInView(flag, view, context))
    return { inView, found: inView.filter((flag) => isFlagFound(flag, filter, usage)), context, environments }
  }

  return {
    async page({ order: { sort = NEWEST_CHANGE.sort, direction = sort === NEWEST_CHANGE.sort ? NEWEST_CHANGE.direction : 'asc' }, cursor, limit, ...asked }: PageAsked): Promise<FlagPage> {
      const order = { sort, direction }
      const after = cursor === undefined ? null : readCursor(cursor, order)
      const { inView, found, context, environments } = await find(asked, sort)
      const placed = found.map((flag) => ({ flag, key: flag.key, value: sortValue(flag, sort, context) }))
      const left = after === null ? placed : placed.filter((place) => comparePlaces(place, after, order) > 0)
      const page = left.sort((a, b) => comparePlaces(a, b, order)).slice(0, limit)
      const last = page.at(-1)
      return {
        flags: await withStates(deps.db, environments, page.map(({ flag }) => flag)),
        matching: found.length,
        inView: inView.length,
        nextCursor: last !== undefined && left.length > limit ? writeCursor(order, last) : null,
      }
    },

    /** All that are found, or of those only the ones named. */
    async names(asked: Asked, only?: readonly string[]): Promise<FlagName[]> {
      const named = only === undefined ? null : new Set(only)
      return (await find(asked)).found.filter(({ key }) => named === null || named.has(key)).map(({ key, name, type, variants, openChanges, experiment }) => ({ key, name, type, variants, openChanges, running: experiment?.status === 'running' ? experiment.key : null }))
    },

    async counts(projectId: string, me: string): Promise<FlagViewCounts> {
      const { seq, flags, environments } = await read(projectId)
      const usage = await knownUsage(projectId, seq)
      const context = { environments, me, usage: usage ?? new Map(), now: deps.now() }
      return {
        views: Object.fromEntries(flagViewKeys.map((view) => [view, flags.filter((flag) => isFlagInView(flag, view, context)).length])) as FlagViewCounts['views'],
        tags: [...new Set(flags.flatMap(({ tags }) => tags))].sort(),
        owners: [...new Set(flags.flatMap(({ owner }) => owner ?? []))].sort(),
        usageKnown: usage !== null,
      }
    },
  }
}
