import type { FlagDetail, FlagEnvironment } from '../contract/flags.ts'
import { AppError } from '../http/app-error.ts'

/** A flag with the identities that a change needs. */
export interface FlagRecord {
  id: string
  projectId: string
  /** Counts every change of the flag, in any environment. */
  revision: number
  changedAt: string
  changedBy: string
  detail: FlagDetail
  environments: RecordEnvironment[]
  /** Running experiments and the rule each has put on the flag. */
  running: { key: string; environmentId: string; ruleId: string | null }[]
}

export interface RecordEnvironment {
  id: string
  state: FlagEnvironment
}

export function environmentOf(record: FlagRecord, key: string): RecordEnvironment {
  const found = record.environments.find(({ state }) => state.environment === key)
  if (!found) throw new AppError('not_found', `This project has no environment ${key}.`)
  return found
}

/** An archived flag is kept as it was: it comes back first, then it is edited. */
export function assertNotArchived({ detail }: FlagRecord): void {
  if (detail.archivedAt === null) return
  throw new AppError('wrong_state', `${detail.key} is archived: bring it back before you change it.`)
}

/** What a revision of the definition is, in the audit log. */
export function definitionOf(detail: FlagDetail) {
  const { name, description, kind, type, clientVisible, variants, owner, tags, expectedRemoval } = detail
  return { name, description, kind, type, clientVisible, variants, owner, tags, expectedRemoval }
}
