import { createHash } from 'node:crypto'

/**
 * The ETag of a body: a hash of its bytes, so that it depends on whatever the answer depends on, the context first of all.
 * Clients send the ETag of one context with another one and would otherwise keep wrong values.
 */
export function etagOf(body: string): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
}

/** Whether `If-None-Match` names an ETag. Weakly: proxies that compress make strong ETags weak. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  if (header.trim() === '*') return true
  return header.split(',').some((named) => named.trim().replace(/^W\//, '') === etag)
}
