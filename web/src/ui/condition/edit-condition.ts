import type { Condition, Leaf } from '@assay/sdk/core'
import { operatorWords } from './operator-words.ts'

/** A condition as rows that are edited one by one. `id` only tells the rows apart on screen. */
export interface Group {
  join: 'all' | 'any'
  negated: boolean
  items: Item[]
}

export type Item = { id: number } & (
  | { kind: 'leaf'; leaf: Leaf }
  | { kind: 'cohort'; key: string; negated: boolean }
  | { kind: 'group'; group: Group }
  /** A form that is not taken apart into rows: written as JSON. */
  | { kind: 'raw'; condition: Condition }
)

/** Groups inside groups inside the first; deeper ones are written as JSON. */
export const DEEPEST_GROUP = 2

let lastId = 0

/** A row with an identity of its own. */
export function newItem(kind: 'leaf' | 'cohort' | 'group'): Item {
  const id = ++lastId
  switch (kind) {
    case 'leaf':
      return { id, kind, leaf: { attribute: '', op: 'in', values: [] } }
    case 'cohort':
      return { id, kind, key: '', negated: false }
    case 'group':
      return { id, kind, group: { join: 'any', negated: false, items: [newItem('leaf')] } }
  }
}

/** Rows of a condition; writing them again gives a condition of the same meaning. */
export function readGroup(condition: Condition | undefined, depth = 0): Group {
  if (condition === undefined) return { join: 'all', negated: false, items: [] }
  if ('all' in condition && (condition.all.length > 0 || depth === 0)) return { join: 'all', negated: false, items: condition.all.map((part) => readItem(part, depth)) }
  if ('any' in condition && condition.any.length > 0) return { join: 'any', negated: false, items: condition.any.map((part) => readItem(part, depth)) }
  if ('not' in condition && isGroup(condition.not)) return { ...readGroup(condition.not, depth), negated: true }
  return { join: 'all', negated: false, items: [readItem(condition, depth)] }
}

/** The condition of rows: undefined where there are none. */
export function writeGroup({ join, negated, items }: Group): Condition | undefined {
  const parts = items.flatMap((item) => writeItem(item))
  const [only] = parts
  if (!only) return undefined
  const inner: Condition = parts.length === 1 ? only : join === 'all' ? { all: parts } : { any: parts }
  return negated ? { not: inner } : inner
}

/** A leaf with another operator: values stay where the new one can compare them. */
export function withOperator(leaf: Leaf, op: Leaf['op'], negated: boolean): Leaf {
  const { attribute, values = [], ifMissing } = leaf
  const sameKind = operatorWords[op].operand === operatorWords[leaf.op].operand
  const textual = ['text', 'pattern'].includes(operatorWords[op].operand)
  const kept = sameKind ? values : textual || op === 'in' ? values.filter((value) => typeof value === 'string') : operatorWords[op].operand === 'number' ? values.filter((value) => typeof value === 'number') : []
  const ignoreCase = leaf.ignoreCase === true && (textual || op === 'in')
  return { attribute, op, ...(op === 'exists' ? {} : { values: kept }), ...(negated ? { negate: true } : {}), ...(ignoreCase ? { ignoreCase: true } : {}), ...(ifMissing && op !== 'exists' ? { ifMissing } : {}) }
}

function isGroup(condition: Condition): boolean {
  return ('all' in condition && condition.all.length > 0) || ('any' in condition && condition.any.length > 0) || ('op' in condition && condition.ifMissing === true)
}

function readItem(condition: Condition, depth: number): Item {
  const id = ++lastId
  if ('op' in condition) return Object.hasOwn(operatorWords, condition.op) ? { id, kind: 'leaf', leaf: condition } : { id, kind: 'raw', condition }
  if ('cohort' in condition) return { id, kind: 'cohort', key: condition.cohort, negated: false }
  if ('not' in condition && 'cohort' in condition.not) return { id, kind: 'cohort', key: condition.not.cohort, negated: true }
  // `ifMissing` applies after `negate`, so only a leaf without it can take the negation in.
  if ('not' in condition && 'op' in condition.not && !condition.not.ifMissing && Object.hasOwn(operatorWords, condition.not.op)) {
    const { negate, ...leaf } = condition.not
    return { id, kind: 'leaf', leaf: negate ? leaf : { ...leaf, negate: true } }
  }
  const grouped = isGroup(condition) || ('not' in condition && isGroup(condition.not))
  if (grouped && depth < DEEPEST_GROUP) return { id, kind: 'group', group: readGroup(condition, depth + 1) }
  return { id, kind: 'raw', condition }
}

function writeItem(item: Item): Condition[] {
  switch (item.kind) {
    case 'leaf':
      return [item.leaf]
    case 'cohort':
      return [item.negated ? { not: { cohort: item.key } } : { cohort: item.key }]
    case 'group': {
      const written = writeGroup(item.group)
      return written === undefined ? [] : [written]
    }
    case 'raw':
      return [item.condition]
  }
}
