import type { SeenEvent } from '../contract/metrics.ts'
import type { Deps } from '../deps.ts'
import { createEnvironmentsStore } from '../environments/environments.store.ts'
import { seenEvents } from './seen-events.store.ts'
import { seenProperties } from './seen-properties.ts'

const LOOK_BACK_MS = 30 * 24 * 3_600_000

/** What services recorded in an environment in the last 30 days. */
export async function listEvents(deps: Pick<Deps, 'db' | 'events' | 'now'>, projectId: string, environmentKey: string): Promise<SeenEvent[]> {
  const environment = await createEnvironmentsStore(deps.db).get(projectId, environmentKey)
  const names = await seenEvents(deps.events, { projectId, environmentId: environment.id }, new Date(deps.now().getTime() - LOOK_BACK_MS))
  return names.map(({ name, events, lastAt, withValue, properties }) => ({ name, events, lastAt: lastAt.toISOString(), withValue, properties: seenProperties(properties) }))
}
