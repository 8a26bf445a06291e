import type { AuditEntry, Cohort, FlagSummary } from '@assay/server/contract'
import { namingOf, type Naming } from '../serve/naming.ts'

/** Names for what an entry of the audit log mentions: the variants of its flag, and the cohorts of the project. */
export function entryNaming({ entity, after }: Pick<AuditEntry, 'entity' | 'after'>, flags: readonly FlagSummary[], cohorts: readonly Cohort[]): Naming {
  const flag = entity.kind === 'flag' ? entity.key : flagOf(after)
  const variants = flags.find(({ key }) => key === flag)?.variants
  return namingOf(variants ?? [], cohorts)
}

/** A proposed change says which flag it is about. */
function flagOf(after: unknown): string | undefined {
  return typeof after === 'object' && after !== null && 'flag' in after && typeof after.flag === 'string' ? after.flag : undefined
}
