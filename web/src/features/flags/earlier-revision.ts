import { restoredTargeting, sameValue, targeting as targetingSchema, type AuditEntry, type FlagDetail, type Targeting } from '@assay/server/contract'

/** What going back to an entry of the history brings back. */
export type Restorable =
  | { kind: 'targeting'; revision: number; environment: string; targeting: Targeting }
  | { kind: 'definition'; revision: number; after: Readonly<Record<string, unknown>> }

/** What an entry left behind, where that can be brought back and is not what stands now anyway. */
export function restorableOf(entry: AuditEntry, flag: FlagDetail): Restorable | null {
  if (entry.revision === null || !isRecord(entry.after)) return null
  if (entry.environment === null) {
    if (!('variants' in entry.after) || entry.revision === flag.revision) return null
    return { kind: 'definition', revision: entry.revision, after: entry.after }
  }
  const state = flag.environments.find(({ environment }) => environment === entry.environment)
  const then = targetingSchema.safeParse(entry.after)
  if (!state || !then.success) return null
  const targeting = restoredTargeting(then.data, state.targeting)
  return sameValue(targeting, state.targeting) ? null : { kind: 'targeting', revision: entry.revision, environment: entry.environment, targeting }
}

/** Whether the entry made what stands now. */
export function isCurrent(entry: AuditEntry, flag: FlagDetail): boolean {
  if (entry.revision === null || entry.after === null) return false
  return entry.environment === null ? isRecord(entry.after) && 'variants' in entry.after && entry.revision === flag.revision : flag.environments.some(({ environment, revision }) => environment === entry.environment && revision === entry.revision)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
