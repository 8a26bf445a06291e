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
