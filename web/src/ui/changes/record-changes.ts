import { condition, sameValue, type Side } from '@assay/server/contract'
import { conditionText, type CohortName } from '../condition/describe-condition.ts'
import { count } from '../format.ts'
import type { Change } from './change.ts'
import { knownText } from './known-text.ts'

type Fields = Readonly<Record<string, unknown>>

/** What differs between two versions of a record, field by field. */
export function recordChanges(before: Fields, after: Fields, cohort: CohortName): Change[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !sameValue(before[key], after[key]))
  return keys.flatMap((key) => (key === 'variants' ? variantChanges(before[key], after[key]) : [fieldChange(key, before[key], after[key], cohort)]))
}

function fieldChange(key: string, before: unknown, after: unknown, cohort: CohortName): Change {
  const subject = labelOf(key)
  const [was, is] = [condition.safeParse(before), condition.safeParse(after)]
  if (was.success || is.success) {
    const sides: Pick<Change, 'before' | 'after'> = { before: { kind: 'condition', condition: was.data }, after: { kind: 'condition', condition: is.data } }
    return { subject, words: `now ${conditionText(is.data, cohort)}`, ...sides }
  }
  const words = isKnown(before) && isKnown(after) ? `now: ${fullText(after)}` : `${shown(before)} to ${shown(after)}`
  return { subject, words, before: textSide(before), after: textSide(after) }
}

/** `plannedDays` as people read it: `Planned days`. */
function labelOf(key: string): string {
  const words = key.replace(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll('_', ' ').toLowerCase()
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

function isKnown(value: unknown): boolean {
  return knownText(value) !== null
}

const LONGEST = 80

function shown(value: unknown): string {
  const text = fullText(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1).trimEnd()}…` : text
}

function textSide(value: unknown): Side {
  return { kind: 'text', text: fullText(value) }
}

function fullText(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing'
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (!Array.isArray(value)) return knownText(value) ?? JSON.stringify(value)
  if (value.length === 0) return 'nothing'
  if (!value.every((item) => typeof item === 'string')) return JSON.stringify(value)
  return value.length > 10 ? `${value.slice(0, 3).join(', ')} and ${count(value.length - 3)} more` : value.join(', ')
}

interface VariantRow {
  key: string
  name?: unknown
  value?: unknown
}

function variantChanges(before: unknown, after: unknown): Change[] {
  const [was, is] = [variantsOf(before), variantsOf(after)]
  const keys = [...new Set([...was, ...is].map(({ key }) => key))]
  return keys.flatMap((key): Change[] => {
    const old = was.find((variant) => variant.key === key)
    const now = is.find((variant) => variant.key === key)
    const about = { subject: 'Variant', name: key }
    const json = (value: unknown): Side => ({ kind: 'text', text: JSON.stringify(value) })
    if (!now) return [{ ...about, words: 'removed', before: json(old?.value) }]
    if (!old) return [{ ...about, words: `added with the value ${shown(JSON.stringify(now.value))}`, after: json(now.value) }]
    return [
      ...(old.name === now.name ? [] : [{ ...about, words: `named ${shown(now.name)}`, before: textSide(old.name), after: textSide(now.name) }]),
      ...(sameValue(old.value, now.value) ? [] : [{ ...about, words: `${shown(JSON.stringify(old.value))} to ${shown(JSON.stringify(now.value))}`, before: json(old.value), after: json(now.value) }]),
    ]
  })
}

function variantsOf(value: unknown): VariantRow[] {
  return Array.isArray(value) ? value.filter(isVariant) : []
}

function isVariant(value: unknown): value is VariantRow {
  return typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string'
}
