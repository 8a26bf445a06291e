import type { AuditEntry, Cohort, FlagSummary } from '@assay/server/contract'
import { namingOf, type Naming } from '../serve/naming.ts'

/** Names for what an entry of the audit log mentions: the variants of its flag, and the cohorts of the project. */
export function entryNaming({ entity }: Pick<AuditEntry, 'entity'>, flags: readonly FlagSummary[], cohorts: readonly Cohort[]): Naming {
  const variants = entity.kind === 'flag' ? flags.find(({ key }) => key === entity.key)?.variants : undefined
  return namingOf(variants ?? [], cohorts)
}
