/** What a path below `/ofrep` asks for. */
export type OfrepPath = { kind: 'bulk' } | { kind: 'single'; key: string } | { kind: 'stream' }

const FLAGS = '/v1/evaluate/flags'

/**
 * Reads a path without its query. Some clients put the key in as it is and some encode it, so a `%` that starts no escape
 * stands for itself, and everything behind `flags/` is the key: whatever is no flag's key is a flag that does not exist.
 */
export function readPath(path: string): OfrepPath | null {
  const trimmed = path.length > 1 ? path.replace(/\/$/, '') : path
  if (trimmed === FLAGS) return { kind: 'bulk' }
  if (trimmed.startsWith(`${FLAGS}/`)) return { kind: 'single', key: decoded(trimmed.slice(FLAGS.length + 1)) }
  return trimmed === '/v1/sse' ? { kind: 'stream' } : null
}

/** A client that is given its address with a slash at the end asks for `//ofrep/…`. */
export function collapseSlashes(url: string): string {
  return /^\/{2,}ofrep(?=[/?]|$)/.test(url) ? url.replace(/^\/+/, '/') : url
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key)
  } catch {
    return key
  }
}
