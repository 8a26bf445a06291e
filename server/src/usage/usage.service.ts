import type { Base } from '../base.ts'
import type { FlagUsage, UsageSeries } from '../contract/flags.ts'
import { createEnvironmentsStore } from '../environments/environments.store.ts'
import { environmentOf } from '../flags/flag-record.ts'
import { createFlagsStore } from '../flags/flags.store.ts'
import { lifecycle } from './lifecycle.ts'
import { stepMinutes } from './step-minutes.ts'
import { createUsageStore, type FlagEvaluations, HOURS } from './usage.store.ts'
import { createUsedFlagsStore } from './used-flags.store.ts'

type UsageDeps = Pick<Base, 'db' | 'events' | 'now'>

const NOTHING: FlagEvaluations = { served: [], hourly: Array.from({ length: HOURS }, () => 0) }

/** Lifecycle and last day of every flag, or of those named. A project without a production environment is read by all it has. */
export async function listUsage(deps: UsageDeps, projectId: string, only?: readonly string[]): Promise<FlagUsage[]> {
  const now = deps.now()
  const store = createUsedFlagsStore(deps.db)
  const environments = await createEnvironmentsStore(deps.db).list(projectId)
  const marked = environments.filter((environment) => environment.production)
  const production = new Set((marked.length > 0 ? marked : environments).map(({ id }) => id))
  const [flags, evaluations] = await Promise.all([store.flags(projectId, [...production], only), createUsageStore(deps.events).evaluations(projectId, now, only)])
  return flags.map(({ key, outcomes, ...flag }) => {
    const used = environments.map(({ id, key: environment }) => ({ id, environment, ...(evaluations.get(id)?.get(key) ?? NOTHING) }))
    const input = {
      ...flag,
      production: used.flatMap(({ id, served }) => {
        const possible = outcomes.get(id)
        return possible ? [{ outcomes: possible, served }] : []
      }),
      askedElsewhereAt: lastOf(used.filter(({ id }) => !production.has(id))),
    }
    return {
      flag: key,
      lifecycle: lifecycle(input, now),
      environments: used.map(({ environment, served, hourly }) => ({ environment, lastEvaluatedAt: lastOf([{ served }])?.toISOString() ?? null, hourly })),
    }
  })
}

export async function flagSeries(deps: UsageDeps, projectId: string, at: { flag: string; environment: string }, hours: number): Promise<UsageSeries> {
  const environment = environmentOf(await createFlagsStore(deps.db).get(projectId, at.flag), at.environment)
  const minutes = stepMinutes(hours)
  const stepMs = minutes * 60_000
  // The first step is whole, so that it can be compared with the others.
  const since = new Date(Math.floor((deps.now().getTime() - hours * 3_600_000) / stepMs) * stepMs)
  const { lastAt, steps } = await createUsageStore(deps.events).series({ projectId, environmentId: environment.id, flag: at.flag }, since, stepMs)
  const totals = new Map<string | null, number>()
  for (const { variant, count } of steps) totals.set(variant, (totals.get(variant) ?? 0) + count)
  return {
    lastEvaluatedAt: lastAt?.toISOString() ?? null,
    stepMinutes: minutes,
    points: steps.map(({ at: start, variant, count }) => ({ at: start.toISOString(), variant, count })),
    totals: [...totals].map(([variant, count]) => ({ variant, count })).sort((a, b) => b.count - a.count),
  }
}

function lastOf(used: readonly Pick<FlagEvaluations, 'served'>[]): Date | null {
  return used.flatMap(({ served }) => served).reduce<Date | null>((last, { lastAt }) => (last === null || lastAt > last ? lastAt : last), null)
}
