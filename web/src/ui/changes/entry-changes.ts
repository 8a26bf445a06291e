import { targeting, type AuditEntry } from '@assay/server/contract'
import type { Naming } from '../serve/naming.ts'
import type { Change } from './change.ts'
import { recordChanges } from './record-changes.ts'
import { targetingChanges } from './targeting-changes.ts'

/** What one entry of the audit log changed. What was created or deleted as a whole has no parts to tell. */
export function entryChanges({ before, after }: Pick<AuditEntry, 'before' | 'after'>, naming: Naming): Change[] {
  if (!isRecord(before) || !isRecord(after)) return []
  const { targeting: proposedBefore, ...restBefore } = before
  const { targeting: proposedAfter, ...restAfter } = after
  // A proposal holds a targeting beside what else was said; an entry of a flag is one.
  const proposal = betweenTargetings(proposedBefore, proposedAfter, naming)
  if (proposal) return [...proposal, ...recordChanges(restBefore, restAfter, naming.cohort)]
  return betweenTargetings(before, after, naming) ?? recordChanges(before, after, naming.cohort)
}

function betweenTargetings(before: unknown, after: unknown, naming: Naming): Change[] | null {
  const [was, is] = [targeting.safeParse(before), targeting.safeParse(after)]
  return was.success && is.success ? targetingChanges(was.data, is.data, naming) : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
