import { readJson, readRows, rowsOf, withRow, type ContextRow } from './context-rows.ts'
import type { Context } from './playground-search.ts'

/** The context as it is being edited: row by row, or as JSON. */
export type ContextDraft = { mode: 'rows'; rows: readonly ContextRow[] } | { mode: 'json'; text: string }

export type ReadDraft = { context: Context; problems: ReadonlyMap<number, string> } | { problem: string }

/** An empty one starts with the person. */
export function draftOf(context: Context): ContextDraft {
  const rows = rowsOf(context)
  return { mode: 'rows', rows: rows.length === 0 ? withRow([], 'targetingKey') : rows }
}

export function readDraft(draft: ContextDraft): ReadDraft {
  if (draft.mode === 'rows') {
    const { context, problems } = readRows(draft.rows)
    return { context: withoutUnnamed(context), problems }
  }
  if (draft.text.trim() === '') return { context: {}, problems: new Map() }
  const read = readJson(draft.text)
  if ('problem' in read) return read
  if (typeof read.value !== 'object' || read.value === null || Array.isArray(read.value)) return { problem: 'A context is an object: { "targetingKey": "customer-17" }.' }
  return { context: read.value, problems: new Map() }
}

/** The same in the other form; null where what is typed cannot be read yet. */
export function inMode(draft: ContextDraft, mode: ContextDraft['mode']): ContextDraft | null {
  if (draft.mode === mode) return draft
  const read = readDraft(draft)
  if ('problem' in read) return null
  return mode === 'rows' ? draftOf(read.context) : { mode, text: JSON.stringify(read.context, null, 2) }
}

/** A person whose name is not typed yet is nobody, not somebody with an empty name. */
function withoutUnnamed(context: Context): Context {
  if (context['targetingKey'] !== '') return context
  const { targetingKey: _, ...rest } = context
  return rest
}
