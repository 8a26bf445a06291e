import type { Base } from '../base.ts'
import type { Standing } from '../contract/projects.ts'
import { CONNECTED_WITHIN_MS, createInstancesStore } from './instances.store.ts'
import { liveAfterMs } from './live-after.ts'

/** An SDK that was heard of since then is connected. */
export function connectedSince(now: Date): Date {
  return new Date(now.getTime() - CONNECTED_WITHIN_MS)
}

/** How far the newest ruleset of an environment has come; null for an environment that does not exist. */
export async function readStanding({ db, now, installation }: Pick<Base, 'db' | 'now' | 'installation'>, environmentId: string): Promise<{ projectId: string; environment: string; standing: Standing } | null> {
  const stored = await createInstancesStore(db).standing(environmentId, connectedSince(now()))
  if (!stored) return null
  const { projectId, environment, epoch, version, publishedAt, connected, upToDate } = stored
  return { projectId, environment, standing: { epoch: epoch ?? installation.epoch(), version, publishedAt: publishedAt?.toISOString() ?? null, connected, upToDate, liveAfterMs: liveAfterMs(stored) } }
}
