import type { AuditEntry, Cohort, FlagName } from '@assay/server/contract'
import { namingOf, type Naming } from '../serve/naming.ts'

/** Names for what an entry of the audit log mentions: the variants of its flag, and the cohorts of the project. */
export function entryNaming(entry: Mentioning, flags: readonly Pick<FlagName, 'key' | 'variants'>[], cohorts: readonly Cohort[]): Naming {
  const flag = flagIn(entry)
  const variants = flags.find(({ key }) => key === flag)?.variants
  return namingOf(variants ?? [], cohorts)
}

/** The flags that entries are about. */
export function flagsIn(entries: readonly Mentioning[]): string[] {
  return [...new Set(entries.flatMap((entry) => flagIn(entry) ?? []))]
}

type Mentioning = Pick<AuditEntry, 'entity' | 'after'>

function flagIn({ entity, after }: Mentioning): string | undefined {
  return entity.kind === 'flag' ? entity.key : flagOf(after)
}

/** A proposed change says which flag it is about. */
function flagOf(after: unknown): string | undefined {
  return typeof after === 'object' && after !== null && 'flag' in after && typeof after.flag === 'string' ? after.flag : undefined
}
