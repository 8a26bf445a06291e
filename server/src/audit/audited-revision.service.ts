import { assertBasedOn } from '../http/revision-conflict.ts'
import type { Tx } from '../platform/postgres.ts'
import { createAuditStore } from './audit.store.ts'

interface Entity {
  kind: string
  key: string
}

/** As `assertBasedOn`, for what does not carry its last author and time itself: the audit log knows both. */
export async function assertBasedOnAudited(tx: Tx, projectId: string, { kind, key }: Entity, current: { revision: number }, basedOn: number, yours: unknown, what: string): Promise<void> {
  if (basedOn === current.revision) return
  const last = await createAuditStore(tx).lastChange(projectId, kind, key)
  assertBasedOn({ ...current, changedBy: last.by, changedAt: last.at.toISOString() }, basedOn, yours, what)
}
