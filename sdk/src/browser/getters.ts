import type { BrowserClient, BrowserDetails } from './browser-api.ts'

type Read = <T>(flag: string, fallback: T, fits: (value: unknown) => boolean) => BrowserDetails<T>
type Type = 'Boolean' | 'String' | 'Integer' | 'Float' | 'Object'
export type Getters = Pick<BrowserClient, `get${Type}` | `get${Type}Details`>

const fits: Record<Type, (value: unknown) => boolean> = {
  Boolean: (value) => typeof value === 'boolean',
  String: (value) => typeof value === 'string',
  Integer: Number.isSafeInteger,
  Float: Number.isFinite,
  Object: (value) => typeof value === 'object' && !Array.isArray(value),
}

/** Two getters per type. Written as a table because a page pays for every byte; the tests hold each name to its type. */
export function gettersOf(read: Read): Getters {
  const getters: Record<string, (flag: string, fallback: unknown) => unknown> = {}
  for (const [type, fitsType] of Object.entries(fits)) {
    getters[`get${type}`] = (flag, fallback) => read(flag, fallback, fitsType).value
    getters[`get${type}Details`] = (flag, fallback) => read(flag, fallback, fitsType)
  }
  return getters as unknown as Getters
}
