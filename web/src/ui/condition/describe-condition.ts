import type { Condition, Json, Leaf } from '@assay/sdk/core'
import { operatorWords, verbOf } from './operator-words.ts'

/** A condition taken apart for reading. */
export type Clause =
  | { kind: 'test'; about: 'attribute' | 'cohort'; subject: string; verb: string; values: string[]; remark: string }
  | { kind: 'group'; join: 'and' | 'or'; negated: boolean; parts: Clause[] }
  | { kind: 'constant'; words: string }
  | { kind: 'raw'; json: string }

/** Name of a cohort by its key. */
export type CohortName = (key: string) => string

const itself: CohortName = (key) => key

/** A condition as clauses: what is tested, in which words, and how the parts are joined. */
export function describeCondition(condition: Condition, cohortName: CohortName = itself): Clause {
  if ('all' in condition || 'any' in condition) {
    const [parts, join] = 'all' in condition ? [condition.all, 'and' as const] : [condition.any, 'or' as const]
    const [only] = parts
    if (!only) return { kind: 'constant', words: join === 'and' ? 'everyone' : 'nobody' }
    return parts.length === 1 ? describeCondition(only, cohortName) : { kind: 'group', join, negated: false, parts: parts.map((part) => describeCondition(part, cohortName)) }
  }
  if ('not' in condition) return negated(condition.not, cohortName)
  if ('cohort' in condition) return cohortClause(condition.cohort, false, cohortName)
  return leafClause(condition)
}

/** The same in one line of text: `country is one of DE, FR, NL and 27 more, and app.version is at least version 8.4.0`. */
export function conditionText(condition: Condition | undefined, cohortName: CohortName = itself): string {
  return condition === undefined ? 'everyone' : clauseText(describeCondition(condition, cohortName))
}

function negated(condition: Condition, cohortName: CohortName): Clause {
  if ('cohort' in condition) return cohortClause(condition.cohort, true, cohortName)
  // `ifMissing` applies after `negate`, so only a leaf without it can take the negation in.
  if ('op' in condition && !condition.ifMissing) {
    const { negate, ...leaf } = condition
    return leafClause(negate ? leaf : { ...leaf, negate: true })
  }
  const clause = describeCondition(condition, cohortName)
  return clause.kind === 'group' && !clause.negated ? { ...clause, negated: true } : { kind: 'group', join: 'and', negated: true, parts: [clause] }
}

function cohortClause(key: string, isNegated: boolean, cohortName: CohortName): Clause {
  return { kind: 'test', about: 'cohort', subject: 'cohort', verb: isNegated ? 'not in cohort' : 'in cohort', values: [cohortName(key)], remark: '' }
}

function leafClause(leaf: Leaf): Clause {
  if (!Object.hasOwn(operatorWords, leaf.op)) return { kind: 'raw', json: JSON.stringify(leaf) }
  const values = leaf.values ?? []
  const remarks = [leaf.ignoreCase ? 'in any case' : '', leaf.ifMissing ? 'or is missing' : ''].filter((remark) => remark !== '')
  return { kind: 'test', about: 'attribute', subject: leaf.attribute, verb: verbOf(leaf.op, leaf.negate === true, values.length), values: values.map(shownValue), remark: remarks.join(', ') }
}

/** A value as it reads best; text that looks like something else keeps its quotes. */
export function shownValue(value: Json): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  return value === '' || value !== value.trim() || /^(true|false|null|[-+]?\d+(\.\d+)?)$/.test(value) ? JSON.stringify(value) : value
}

const MOST_VALUES = 3

function clauseText(clause: Clause): string {
  switch (clause.kind) {
    case 'constant':
      return clause.words
    case 'raw':
      return clause.json
    case 'test': {
      const shown = clause.values.slice(0, MOST_VALUES).join(', ')
      const more = clause.values.length - MOST_VALUES
      const subject = clause.about === 'cohort' ? '' : `${clause.subject} `
      return [`${subject}${clause.verb}`, shown, more > 0 ? `and ${more} more` : '', clause.remark].filter((part) => part !== '').join(' ')
    }
    case 'group': {
      const inner = clause.parts.map((part) => (part.kind === 'group' ? `(${clauseText(part)})` : clauseText(part))).join(clause.join === 'and' ? ', and ' : ', or ')
      return clause.negated ? `not (${inner})` : inner
    }
  }
}
