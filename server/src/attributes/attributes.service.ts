import type { RouteResponse } from '../contract/route.ts'
import type { Routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import { createEnvironmentsStore } from '../environments/environments.store.ts'
import { createSeenUnitsStore } from '../impact/seen-units.store.ts'
import { knownAttributes } from './known-attributes.ts'

/** What was known of the units seen lately, where most can be learned of customers: in production, else in the first environment that anybody was seen in. */
export async function listAttributes(deps: Pick<Deps, 'db' | 'events' | 'now'>, projectId: string, unitType: string): Promise<RouteResponse<Routes['listAttributes']>> {
  const environments = await createEnvironmentsStore(deps.db).list(projectId)
  const seenUnits = createSeenUnitsStore(deps.events)
  for (const { id, key } of [...environments.filter(({ production }) => production), ...environments.filter(({ production }) => !production)]) {
    const seen = await seenUnits.lately({ projectId, environmentId: id, unitType }, deps.now())
    if (seen.length > 0) return { environment: key, units: seen.length, attributes: knownAttributes(seen) }
  }
  return { environment: null, units: 0, attributes: [] }
}
