import type { Json } from '@assay/sdk/core'

export type Context = Record<string, Json>

/** Everything the playground is asked, in its address: whoever opens the link sees the same answer. */
export interface PlaygroundSearch {
  env?: string | undefined
  /** Left out for all flags. */
  flag?: string | undefined
  context?: Context | undefined
  /** What was live at this instant. */
  at?: string | undefined
  version?: number | undefined
  /** Of the table of all flags. */
  q?: string | undefined
}

export function playgroundSearch(search: Record<string, unknown>): PlaygroundSearch {
  const { context, version } = search
  return {
    env: text(search['env']),
    flag: text(search['flag']),
    context: isContext(context) ? context : undefined,
    at: instant(search['at']),
    version: typeof version === 'number' && Number.isInteger(version) && version >= 0 ? version : undefined,
    q: text(search['q']),
  }
}

/** A router reads `12` as a number: a key may look like one. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined
}

function instant(value: unknown): string | undefined {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? new Date(value).toISOString() : undefined
}

// What comes out of an address is JSON.
function isContext(value: unknown): value is Context {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
