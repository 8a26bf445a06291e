import type { AuditEntry } from '../contract/audit.ts'
import { TEST_TYPE } from '../contract/webhooks.ts'

/** A body is no larger, in bytes: what was before and after is left out of one that would be. */
const MOST_BYTES = 64 * 1024

/** What a webhook is told of a change: the entry of the audit log as the API gives it. */
export function entryBody(project: string, { at, ...entry }: AuditEntry): string {
  const body = (data: object) => JSON.stringify({ type: entry.action, timestamp: at, data: { project, ...data } })
  const whole = body({ ...entry, shortened: false })
  return Buffer.byteLength(whole) <= MOST_BYTES ? whole : body({ ...entry, before: null, after: null, shortened: true })
}

/** What a webhook is told where a person wants to see whether anything arrives. */
export function testBody(project: string, by: string, at: Date): string {
  return JSON.stringify({ type: TEST_TYPE, timestamp: at.toISOString(), data: { project, by } })
}
