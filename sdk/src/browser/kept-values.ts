import type { BrowserStorage, EvaluatedFlag } from './browser-api.ts'
import { hashOf } from './hash-of.ts'

const SCHEMA = 1

/** The values of one context, and what Assay needs to say that they are still its own. */
export interface KeptValues {
  flags: readonly EvaluatedFlag[]
  etag: string
  /** Where the answer said that changes are told. */
  stream: string
}

/**
 * The last good values of an environment, kept across visits. What is damaged, of another schema or of another context is
 * as good as nothing; a storage that is full or forbidden is none.
 */
export function createKeptValues(storage: () => BrowserStorage | null, environment: string) {
  const name = `assay:${environment}`
  return {
    read(context: string): KeptValues | undefined {
      try {
        const text = storage()?.getItem(name) ?? ''
        const start = text.indexOf('[')
        const body = text.slice(start)
        const [schema, owner, etag, stream, flags] = JSON.parse(body) as [number, string, string, string, EvaluatedFlag[]]
        if (text.slice(0, start) === hashOf(body) && schema === SCHEMA && owner === hashOf(context)) return { etag, stream, flags }
      } catch {
        // Nothing usable is kept.
      }
      return undefined
    },
    write(context: string, { etag, stream, flags }: KeptValues): void {
      try {
        const body = JSON.stringify([SCHEMA, hashOf(context), etag, stream, flags])
        storage()?.setItem(name, hashOf(body) + body)
      } catch {
        // The next visit starts without values.
      }
    },
  }
}
