import type { BrowserStorage } from './browser-api.ts'
import { hashOf } from './hash-of.ts'

/** What the parts of a client share. */
export interface Page {
  url: string
  key: string
  /** Milliseconds since 1970, by Assay's clock. */
  now: () => number
  /** Says a sentence once. */
  warn: (message: string) => void
  /** Reads what was kept under a name, after writing it where a text is given. A storage that is full or forbidden keeps nothing. */
  kept: (name: string, text?: string) => string
}

export function keptIn(storage: BrowserStorage | null | undefined, environment: string): Page['kept'] {
  return (name, text) => {
    try {
      const keeper = storage === undefined ? localStorage : storage
      if (text !== undefined) keeper?.setItem(environment + name, text)
      return keeper?.getItem(environment + name) ?? ''
    } catch {
      return ''
    }
  }
}

/** Of what is kept between visits. */
const SCHEMA = 1

/** A list as text, with a checksum over it, the schema and the context that it is of. */
export function sealed(context: string, list: string): string {
  return hashOf(SCHEMA + context + list) + list
}

/** The list again; an empty one where the text is damaged, or of another schema or context. */
export function unsealed(context: string, text: string): string {
  const list = text.slice(text.indexOf('['))
  return sealed(context, list) === text ? list : '[]'
}
