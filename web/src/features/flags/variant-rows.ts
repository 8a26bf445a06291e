import type { FlagType } from '@assay/sdk/core'
import type { FlagVariant } from '@assay/server/contract'
import { readFlagValue, startingVariants, writtenFlagValue } from './flag-value.ts'

/** A variant while it is edited: its value is text until it is read. `id` only tells the rows apart on screen. */
export interface VariantRow {
  id: string
  key: string
  name: string
  text: string
  /** Rows that are saved keep their key. */
  saved: boolean
}

export function rowsOf(type: FlagType, variants: readonly FlagVariant[]): VariantRow[] {
  return variants.map(({ key, name, value }) => ({ id: key, key, name: name ?? '', text: writtenFlagValue(type, value), saved: true }))
}

export function startingRows(type: FlagType): VariantRow[] {
  return startingVariants(type).map(({ key, text }) => ({ id: key, key, name: '', text, saved: false }))
}

/** One more row, with a key that is free. */
export function addedRow(rows: readonly VariantRow[], type: FlagType, id: string): VariantRow {
  const number = [...Array(rows.length + 2).keys()].find((n) => n > 0 && !rows.some(({ key }) => key === `variant-${n}`)) ?? rows.length + 1
  return { id, key: `variant-${number}`, name: '', text: startingVariants(type).at(-1)?.text ?? '', saved: false }
}

/** What is wrong with the rows, by the id of the row and its field. */
export function rowProblems(rows: readonly VariantRow[], type: FlagType): Map<string, { key?: string; value?: string }> {
  const problems = new Map<string, { key?: string; value?: string }>()
  for (const row of rows) {
    const read = readFlagValue(type, row.text)
    const twice = rows.some((other) => other !== row && other.key === row.key)
    const key = twice ? 'Two variants have this key.' : /^[A-Za-z0-9._-]{1,100}$/.test(row.key) ? undefined : 'Use letters, digits, dots, dashes or underscores.'
    const problem = { ...(key === undefined ? {} : { key }), ...(read.ok ? {} : { value: read.problem }) }
    if (Object.keys(problem).length > 0) problems.set(row.id, problem)
  }
  return problems
}

/** The variants that the rows say; rows that cannot be read are left out. */
export function variantsOf(rows: readonly VariantRow[], type: FlagType): FlagVariant[] {
  return rows.flatMap((row) => {
    const read = readFlagValue(type, row.text)
    return read.ok ? [{ key: row.key, ...(row.name.trim() === '' ? {} : { name: row.name.trim() }), value: read.value }] : []
  })
}
