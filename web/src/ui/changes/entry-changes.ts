import { targeting, type AuditEntry } from '@assay/server/contract'
import type { Naming } from '../serve/naming.ts'
import type { Change } from './change.ts'
import { recordChanges } from './record-changes.ts'
import { targetingChanges } from './targeting-changes.ts'

/** What one entry of the audit log changed. What was created or deleted as a whole has no parts to tell. */
export function entryChanges({ before, after }: Pick<AuditEntry, 'before' | 'after'>, naming: Naming): Change[] {
  if (!isRecord(before) || !isRecord(after)) return []
  const [was, is] = [targeting.safeParse(before), targeting.safeParse(after)]
  return was.success && is.success ? targetingChanges(was.data, is.data, naming) : recordChanges(before, after, naming.cohort)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
