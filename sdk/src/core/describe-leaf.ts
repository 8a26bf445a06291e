import { attributeReader } from './attribute.ts'
import type { Context } from './evaluation.ts'
import type { Leaf, Operator } from './ruleset.ts'

const words: Record<Operator, [plain: string, negated: string]> = {
  in: ['is', 'is not'],
  starts_with: ['starts with', 'does not start with'],
  ends_with: ['ends with', 'does not end with'],
  contains: ['contains', 'does not contain'],
  matches: ['matches', 'does not match'],
  eq: ['=', '≠'],
  gt: ['>', 'is not >'],
  gte: ['≥', 'is not ≥'],
  lt: ['<', 'is not <'],
  lte: ['≤', 'is not ≤'],
  before: ['is before', 'is not before'],
  after: ['is after', 'is not after'],
  semver_eq: ['is version', 'is not version'],
  semver_gt: ['is newer than version', 'is not newer than version'],
  semver_gte: ['is version', 'is not version'],
  semver_lt: ['is older than version', 'is not older than version'],
  semver_lte: ['is version', 'is not version'],
  cidr: ['is in', 'is not in'],
  exists: ['exists', 'does not exist'],
}
/** What stands after the value. */
const suffixes: Partial<Record<Operator, string>> = { semver_gte: ' or newer', semver_lte: ' or older' }
const MOST_VALUES = 5

/** A leaf as a sentence, with what the context has: `country is one of "AT", "DE": it is "FR".` */
export function describeLeaf(leaf: Leaf, context: Context): string {
  return `${condition(leaf)}: ${found(leaf, context)}.`
}

function condition({ attribute, op, values = [], negate, ignoreCase, ifMissing }: Leaf): string {
  const rest = `${ignoreCase ? ' (any case)' : ''}${ifMissing ? ' or is missing' : ''}`
  if (!Object.hasOwn(words, op)) return `${attribute} ${op}`
  const verb = words[op][negate ? 1 : 0]
  if (op === 'exists') return `${attribute} ${verb}${rest}`
  const list = Array.isArray(values) ? values : []
  const shownValues = list.slice(0, MOST_VALUES).map(shown).join(', ')
  const more = list.length > MOST_VALUES ? ` and ${list.length - MOST_VALUES} more` : ''
  return `${attribute} ${verb} ${list.length > 1 ? 'one of ' : ''}${list.length === 0 ? 'nothing' : shownValues}${suffixes[op] ?? ''}${more}${rest}`
}

function found({ attribute, op, values = [] }: Leaf, context: Context): string {
  if (!Object.hasOwn(words, op)) return 'this version does not know the operator'
  if (op !== 'exists' && !Array.isArray(values)) return 'this version cannot read what it is compared with'
  try {
    const value = attributeReader(attribute)(context)
    return value === undefined || value === null ? 'it is missing' : `it is ${shown(value)}`
  } catch {
    return 'it cannot be read'
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}
