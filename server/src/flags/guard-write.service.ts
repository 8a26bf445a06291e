import type { Targeting } from '../contract/flags.ts'
import type { Role } from '../contract/roles.ts'
import type { Deps } from '../deps.ts'
import type { Actor } from '../http/register.ts'
import type { Tx } from '../platform/postgres.ts'
import type { FlagRecord, RecordEnvironment } from './flag-record.ts'

export interface GuardedWrite {
  deps: Deps
  project: { id: string; key: string }
  environment: RecordEnvironment
  record: FlagRecord
  before: Targeting
  after: Targeting
  actor: Actor
  role: Role
  reason: string | undefined
  bypass: boolean
  confirmMoves: boolean
}

/** Every write of what a flag does in an environment passes here before it is stored; it throws what the environment's policy refuses. */
export async function guardTargetingWrite(_tx: Tx, _write: GuardedWrite): Promise<{ auditAction?: string }> {
  return {}
}
