import type { Json } from '@assay/sdk/core'
import { withPath } from '../../ui/condition/asked-attributes.ts'
import { readValue } from '../../ui/condition/operand.ts'
import type { Context } from './playground-search.ts'

export const valueKinds = [
  { value: 'text', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'boolean', label: 'Yes or no' },
  { value: 'json', label: 'JSON' },
] as const
export type ValueKind = (typeof valueKinds)[number]['value']

/** One attribute of the context as it is typed. */
export interface ContextRow {
  id: number
  /** Dotted: `company.plan` is `plan` of `company`. */
  path: string
  kind: ValueKind
  text: string
}

export interface ReadRows {
  /** What the rows say so far; rows with a problem are not in it. */
  context: Context
  /** By id of the row. */
  problems: ReadonlyMap<number, string>
}

/** The context as rows: objects are taken apart into dotted paths, lists stay whole. */
export function rowsOf(context: Context): ContextRow[] {
  return leavesOf(context, '').map(([path, value], id) => ({ id, path, ...typed(value) }))
}

function leavesOf(object: Context, prefix: string): [string, Json][] {
  return Object.entries(object).flatMap(([key, value]): [string, Json][] => {
    const path = `${prefix}${key}`
    return isObject(value) && Object.keys(value).length > 0 ? leavesOf(value, `${path}.`) : [[path, value]]
  })
}

function typed(value: Json): Pick<ContextRow, 'kind' | 'text'> {
  if (typeof value === 'string') return { kind: 'text', text: value }
  if (typeof value === 'number') return { kind: 'number', text: String(value) }
  if (typeof value === 'boolean') return { kind: 'boolean', text: String(value) }
  return { kind: 'json', text: JSON.stringify(value) }
}

/** What the rows say, and which of them cannot be read. */
export function readRows(rows: readonly ContextRow[]): ReadRows {
  const problems = new Map<number, string>()
  const taken = new Set<string>()
  let context: Record<string, unknown> = {}
  for (const row of rows) {
    const path = row.path.trim()
    if (path === '') {
      if (row.text !== '') problems.set(row.id, 'Name the attribute.')
      continue
    }
    if (taken.has(path)) {
      problems.set(row.id, `${path} is there twice.`)
      continue
    }
    const within = [...taken].find((other) => path.startsWith(`${other}.`) || other.startsWith(`${path}.`))
    if (within !== undefined) {
      problems.set(row.id, `${path} and ${within} cannot both be there.`)
      continue
    }
    const read = readTyped(row)
    if (read === undefined) continue
    if ('problem' in read) {
      problems.set(row.id, read.problem)
      continue
    }
    taken.add(path)
    context = withPath(context, path, read.value)
  }
  // Made of JSON only.
  return { context: context as Context, problems }
}

function readTyped({ kind, text }: ContextRow): { value: Json } | { problem: string } | undefined {
  if (kind === 'json') return text.trim() === '' ? undefined : readJson(text)
  if (kind === 'text') return { value: text }
  if (text.trim() === '') return undefined
  const read = readValue(kind, text.trim())
  return read.ok ? { value: read.value } : { problem: read.problem }
}

export function readJson(text: string): { value: Json } | { problem: string } {
  try {
    // JSON.parse makes JSON.
    return { value: JSON.parse(text) as Json }
  } catch (error) {
    return { problem: `This is not JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
}

/** A new row below the others. */
export function withRow(rows: readonly ContextRow[], path = '', kind: ValueKind = 'text'): ContextRow[] {
  return [...rows, { id: Math.max(-1, ...rows.map(({ id }) => id)) + 1, path, kind, text: kind === 'boolean' ? 'true' : '' }]
}

/** Another kind for a row: what can be said in it is kept. */
export function withKind(row: ContextRow, kind: ValueKind): ContextRow {
  if (kind === 'boolean') return { ...row, kind, text: row.text === 'false' ? 'false' : 'true' }
  if (kind === 'json') return { ...row, kind, text: row.kind === 'text' ? JSON.stringify(row.text) : row.text }
  if (row.kind !== 'json') return { ...row, kind }
  const read = readJson(row.text)
  return { ...row, kind, text: 'value' in read && typeof read.value === 'string' ? read.value : row.text }
}

function isObject(value: Json): value is Context {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
