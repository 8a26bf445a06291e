import type { Base } from '../base.ts'
import { type ChainVerdict, type VerifiedPart, verifyAudit } from './audit.store.ts'

interface Known extends VerifiedPart {
  /** When every entry up to there, and those before, was read last. */
  readAllAt: Date
}

/** Entries that were found whole are not read again for so long, unless somebody asks. */
const TRUSTED_MS = 3_600_000

/**
 * Verifies audit logs. What was found whole is kept in this process and not in the database, where whoever changes an
 * entry could change it as well. With `recent` only entries from the newest known one on are read, so an older one that
 * was changed meanwhile is found by the next full reading: an hour later, after a restart, or when somebody asks.
 */
export function createAuditVerifier(deps: Pick<Base, 'db' | 'now'>) {
  const known = new Map<string, Known>()
  const reading = new Map<string, Promise<ChainVerdict & { readAllAt: Date }>>()

  async function verify(projectId: string, part: Known | undefined) {
    const readAllAt = part?.readAllAt ?? deps.now()
    const verdict = await verifyAudit(deps.db, projectId, part)
    if (verdict.verified) known.set(projectId, { seq: verdict.entries, hash: verdict.head, readAllAt })
    else known.delete(projectId)
    return { ...verdict, readAllAt }
  }

  /** However many ask at once, all entries are read once. */
  function verifyAll(projectId: string) {
    const now = reading.get(projectId) ?? verify(projectId, undefined).finally(() => { reading.delete(projectId) })
    reading.set(projectId, now)
    return now
  }

  return (projectId: string, { recent }: { recent: boolean }): Promise<ChainVerdict & { readAllAt: Date }> => {
    const part = known.get(projectId)
    return recent && part && deps.now().getTime() - part.readAllAt.getTime() < TRUSTED_MS ? verify(projectId, part) : verifyAll(projectId)
  }
}
