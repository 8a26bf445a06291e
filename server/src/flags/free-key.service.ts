import { AppError } from '../http/app-error.ts'
import type { Tx } from '../platform/postgres.ts'
import { createFlagsStore } from './flags.store.ts'
import { createRetiredFlagsStore } from './retired-flags.store.ts'

/** A key belongs to one flag for ever: code that still asks for a deleted flag must not meet another one. */
export async function assertFreeKey(tx: Tx, projectId: string, key: string): Promise<void> {
  const taken = await createFlagsStore(tx).find(projectId, key)
  if (taken) throw new AppError('already_exists', taken.detail.archivedAt === null ? `A flag with the key ${key} exists already.` : `An archived flag has the key ${key}: bring it back, or choose another key.`)
  const retired = await createRetiredFlagsStore(tx).findRetired(projectId, key)
  if (!retired) return
  const day = retired.at.toISOString().slice(0, 10)
  throw new AppError('key_retired', `The key ${key} belonged to a flag that was deleted on ${day}, and code may still ask for it: choose another key.`, { details: { key, retiredAt: retired.at.toISOString(), retiredBy: retired.by } })
}
