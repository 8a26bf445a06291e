import type { AuditFilter } from '../../api/project-queries.ts'

const names = ['kind', 'key', 'environment', 'actor', 'from', 'to'] as const

export type AuditSearch = { [name in keyof AuditFilter]?: AuditFilter[name] | undefined }

/** What the address of the log says; what is not understood counts as not said. */
export function auditSearch(search: Record<string, unknown>): AuditSearch {
  const texts = names.flatMap((name) => (typeof search[name] === 'string' && search[name] !== '' ? [[name, search[name]] as const] : []))
  const entry = Number(search['entry'])
  return { ...Object.fromEntries(texts), ...(Number.isInteger(entry) && entry > 0 ? { entry } : {}) }
}

/** The same without what is not set. */
export function auditFilter(search: AuditSearch): AuditFilter {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}

const HALF_HOUR_MS = 30 * 60_000

/** Everything within half an hour of an instant, whoever did it and wherever. */
export function around(at: string): AuditSearch {
  const time = Date.parse(at)
  return { from: new Date(time - HALF_HOUR_MS).toISOString(), to: new Date(time + HALF_HOUR_MS).toISOString() }
}
