import { parseInstant, parseRange, parseVersion, type Json } from '@assay/sdk/core'
import { patterns } from '@assay/sdk/patterns'
import type { Operand } from './operator-words.ts'

/** How the values of "is one of" are written: it compares without converting, so 1 and "1" are different values. */
export type ScalarType = 'text' | 'number' | 'boolean' | 'mixed'
/** What one written value is read as. */
export type ValueKind = Exclude<Operand, 'scalar' | 'none'> | 'boolean' | 'mixed'

export type ReadValue = { ok: true; value: Json } | { ok: false; problem: string }

const yes = (value: Json): ReadValue => ({ ok: true, value })
const no = (problem: string): ReadValue => ({ ok: false, problem })

const readers: Record<ValueKind, (text: string) => ReadValue> = {
  text: yes,
  boolean: (text) => (text === 'true' ? yes(true) : text === 'false' ? yes(false) : no('Use true or false.')),
  number: (text) => {
    const value = text.trim() === '' ? NaN : Number(text.trim().replace('−', '-'))
    return Number.isFinite(value) ? yes(value) : no(`${text} is not a number.`)
  },
  pattern: (text) => {
    const compiled = patterns.compile(text)
    return compiled.ok ? yes(text) : no(`This pattern cannot be used: ${compiled.error}`)
  },
  instant: (text) => {
    const value = /^\d{6,}$/.test(text.trim()) ? Number(text.trim()) : text.trim()
    return parseInstant(value) === undefined ? no('Write a time such as 2026-11-24T09:00:00Z.') : yes(value)
  },
  version: (text) => (parseVersion(text.trim()) ? yes(text.trim()) : no('Write a version such as 8.4.0.')),
  range: (text) => (parseRange(text.trim()) ? yes(text.trim()) : no('Write a range such as 10.0.0.0/8.')),
  mixed: (text) => {
    try {
      const value: unknown = JSON.parse(text)
      if (typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return yes(value)
    } catch {
      // Text without its quotes, say.
    }
    return no('Write "text" in quotes, a number, true or false.')
  },
}

/** Reads what a person wrote as a value of a kind. */
export function readValue(kind: ValueKind, text: string): ReadValue {
  return readers[kind](text)
}

/** A value as the person would write it. */
export function writtenValue(kind: ValueKind, value: Json): string {
  return kind === 'mixed' || typeof value !== 'string' ? JSON.stringify(value) : value
}

/** Type that all values share; `mixed` where they do not, null where there are none. */
export function scalarTypeOf(values: readonly Json[]): ScalarType | null {
  const types = new Set(values.map((value) => typeof value))
  const [only] = types
  if (only === undefined) return null
  if (types.size > 1) return 'mixed'
  return only === 'string' ? 'text' : only === 'number' ? 'number' : only === 'boolean' ? 'boolean' : 'mixed'
}

/** The values in another type: what cannot be said in it is left out. */
export function convertValues(values: readonly Json[], type: ScalarType): Json[] {
  if (type === 'mixed') return [...values]
  return values.flatMap((value) => {
    const read = readValue(type, writtenValue('text', value))
    return read.ok ? [read.value] : []
  })
}
