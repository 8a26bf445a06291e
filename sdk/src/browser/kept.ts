import type { BrowserStorage } from './browser-api.ts'
import { hashOf } from './hash-of.ts'

/** Reads what was kept under a name, after writing it where a text is given. A storage that is full or forbidden keeps nothing. */
export type Kept = (name: string, text?: string) => string

export function keptIn(options: { storage?: BrowserStorage | null }, environment: string): Kept {
  return (name, text) => {
    try {
      const { storage = localStorage } = options
      if (text !== undefined) storage?.setItem(environment + name, text)
      return storage?.getItem(environment + name) ?? ''
    } catch {
      return ''
    }
  }
}

/** A list as text, with a checksum over it, its schema (1) and the context that it is of. */
export function sealed(context: string, list: string): string {
  return hashOf(`1${context}${list}`) + list
}

/** The list again; an empty one where the text is damaged, or of another schema or context. */
export function unsealed(context: string, text: string): string {
  const list = text.slice(text.indexOf('['))
  return sealed(context, list) === text ? list : '[]'
}
