import type { Cohorts } from './cohorts.ts'
import { compileCondition, readCondition } from './conditions.ts'
import type { Context } from './evaluation.ts'
import type { Test } from './leaf.ts'
import { rangeOf } from './number-range.ts'
import { readOwn, siteOf } from './own-property.ts'
import type { Condition, Leaf } from './ruleset.ts'

/**
 * One of several things that must all be true, as a link of a chain. What nearly every rule asks is told apart by `kind` and
 * looked at in place: whether a text is the one, or one of several, or was found true before, or whether a number is within
 * a range. Anything else is left to `test`.
 */
export interface Clause {
  readonly kind: 'test' | 'text' | 'texts' | 'known' | 'range'
  readonly attribute: string
  readonly site: number
  readonly text: string
  readonly texts: ReadonlySet<unknown>
  /** What `test` said of texts that were met before. */
  readonly known: Map<string, boolean> | undefined
  readonly least: number
  readonly most: number
  readonly except: number
  readonly test: Test
  readonly next: Clause | undefined
}

const MOST_KNOWN = 256
const LONGEST_KNOWN = 100
const NO_TEXTS: ReadonlySet<unknown> = new Set()
/** Operators that have to parse or to search a text: services meet few versions, addresses and days, over and over. */
const LABORIOUS = /^(matches|before|after|semver_\w+|cidr)$/

/** A condition as the chain of what must be true, undefined if nothing must. */
export function clausesOf(condition: Condition, cohorts: Cohorts): Clause | undefined {
  return chained(condition, 0, undefined)

  function chained(raw: unknown, depth: number, next: Clause | undefined): Clause | undefined {
    const read = readCondition(raw, depth)
    if (read.kind === 'all') return read.parts.reduceRight<Clause | undefined>((chain, part) => chained(part, depth + 1, chain), next)
    const test = read.kind === 'leaf' || read.kind === 'cohort' ? whenAsked(() => compileCondition(raw, cohorts, depth)) : compileCondition(raw, cohorts, depth)
    if (read.kind === 'leaf') return clause(test, next, ofLeaf(read.leaf))
    const texts = read.kind === 'cohort' ? cohorts.listed(read.key) : undefined
    return clause(test, next, texts ? { kind: 'texts', attribute: 'targetingKey', texts } : {})
  }
}

/** Most clauses never need their test. */
function whenAsked(make: () => Test): Test {
  let test: Test | undefined
  return (context) => (test ??= make())(context)
}

/** All clauses are made here, so that they are alike for the engine. */
function clause(test: Test, next: Clause | undefined, { kind = 'test', attribute = '', text = '', texts = NO_TEXTS, known, least = 0, most = 0, except = 0 }: Partial<Clause>): Clause {
  return { kind, attribute, site: kind === 'test' ? -1 : siteOf(attribute), text, texts, known, least, most, except, test, next }
}

/** What sets the clause of a leaf apart from a mere test. */
function ofLeaf({ attribute, op, values, negate, ignoreCase, ifMissing }: Leaf): Partial<Clause> {
  if (attribute.includes('.') || negate || ifMissing || !Array.isArray(values)) return {}
  if (LABORIOUS.test(op)) return { kind: 'known', attribute, known: new Map() }
  const [first] = values
  if (op === 'in' && !ignoreCase && values.every((value) => typeof value === 'string')) {
    return typeof first === 'string' && values.length === 1 ? { kind: 'text', attribute, text: first } : { kind: 'texts', attribute, texts: new Set(values) }
  }
  const range = values.length === 1 && typeof first === 'number' ? rangeOf(op, first) : undefined
  return range ? { kind: 'range', attribute, ...range } : {}
}

/** Whether every clause of a chain is true. Never throws: what cannot be read is not true. */
export function allTrue(first: Clause | undefined, context: Context): boolean {
  try {
    for (let clause = first; clause !== undefined; clause = clause.next) if (!isTrue(clause, context)) return false
    return true
  } catch {
    return false
  }
}

function isTrue(clause: Clause, context: Context): boolean {
  if (clause.kind === 'test') return clause.test(context) === true
  const value = readOwn(context, clause.attribute, clause.site)
  switch (clause.kind) {
    case 'text':
      if (value === clause.text) return true
      break
    case 'texts':
      if (clause.texts.has(value)) return true
      break
    case 'known':
      if (typeof value === 'string') return clause.known?.get(value) ?? learned(clause, value, context)
      break
    case 'range':
      if (typeof value === 'number') return value >= clause.least && value <= clause.most && value !== clause.except
      break
  }
  // A list may still match, or a number be the unit of a cohort.
  return typeof value !== 'string' && value !== undefined && clause.test(context) === true
}

function learned({ known, test }: Clause, text: string, context: Context): boolean {
  const isTrueNow = test(context) === true
  if (!known || text.length > LONGEST_KNOWN) return isTrueNow
  if (known.size === MOST_KNOWN) known.clear()
  known.set(text, isTrueNow)
  return isTrueNow
}
