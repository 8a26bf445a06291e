import type { Delivery } from '../contract/delivery.ts'
import type { RouteQuery } from '../contract/route.ts'
import type { routes } from '../contract/routes.ts'
import type { Base } from '../base.ts'
import { createEnvironmentsStore } from '../environments/environments.store.ts'
import { AppError } from '../http/app-error.ts'
import { createDeliveryStore } from './delivery.store.ts'
import { deliveryPeriod } from './delivery-period.ts'
import { readLog } from './read-log.service.ts'
import { sumHours } from './sum-hours.ts'

/** How many pages of the log a request reads at most: the job reads the rest. */
const PAGES = 1

export async function getDelivery(deps: Pick<Base, 'db' | 'now'>, projectId: string, query: RouteQuery<typeof routes.getDelivery>): Promise<Delivery> {
  const { from, to } = periodOf(query, deps.now())
  const store = createDeliveryStore(deps.db)
  const zone = query.zone ?? 'UTC'
  if (zone !== 'UTC' && !(await store.knowsZone(zone))) throw invalid('zone', `${zone} is no time zone: use a name such as Europe/Berlin.`)
  const environments = await environmentsOf(deps, projectId, query.environment)
  const complete = await readLog(deps, projectId, PAGES)
  const frame = { from: from.toISOString(), to: to.toISOString(), zone, environments, complete }
  if (environments.length === 0) return { ...frame, ...NOTHING }

  const period = { projectId, environments, from, to, zone }
  const earlier = { ...period, from: new Date(2 * from.getTime() - to.getTime()), to: from }
  const [firstChangeAt, counts, previous, spreads, rollbacks, exposures] = await Promise.all([
    store.firstChangeAt(period), store.hours(period), store.countChanges(earlier), store.spreads(period), store.rollbacks(period), store.exposures(period),
  ])
  const { totals, days, hours } = sumHours(counts)
  return {
    ...frame,
    firstChangeAt: firstChangeAt?.toISOString() ?? null,
    changes: { total: totals.changes, previous, live: totals.live, takenBack: totals.takenBack, days, hours },
    rollbacks: { total: totals.rollbacks, turnedOff: totals.rolledBackByOff, restoreMs: spreads.restore, list: rollbacks },
    fullExposure: { total: totals.completed, atOnce: totals.completedAtOnce, ms: spreads.exposure, list: exposures },
    turnedOff: totals.turnedOff,
  }
}

const NOTHING: Omit<Delivery, 'from' | 'to' | 'zone' | 'environments' | 'complete'> = {
  firstChangeAt: null,
  changes: { total: 0, previous: 0, live: 0, takenBack: 0, days: [], hours: [] },
  rollbacks: { total: 0, turnedOff: 0, restoreMs: null, list: [] },
  fullExposure: { total: 0, atOnce: 0, ms: null, list: [] },
  turnedOff: 0,
}

function periodOf(query: { from?: string; to?: string }, now: Date): { from: Date; to: Date } {
  const period = deliveryPeriod(query, now)
  if ('path' in period) throw invalid(period.path, period.message)
  return period
}

/** Those marked as production, or the one that was asked for. */
async function environmentsOf({ db }: Pick<Base, 'db'>, projectId: string, asked: string | undefined): Promise<string[]> {
  const store = createEnvironmentsStore(db)
  if (asked !== undefined) return [(await store.get(projectId, asked)).key]
  return (await store.list(projectId)).filter(({ production }) => production).map(({ key }) => key)
}

function invalid(path: string, message: string): AppError {
  return new AppError('invalid_request', message, { details: [{ path, message }] })
}
