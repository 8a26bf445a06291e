import { isWithin, parseAddress, parseRange } from './address-range.ts'
import { attributeReader } from './attribute.ts'
import type { PatternEngine } from './compile-options.ts'
import type { Context } from './evaluation.ts'
import { parseInstant } from './instant.ts'
import type { Json, Leaf, Operator } from './ruleset.ts'
import { compareVersions, parseVersion } from './semver.ts'
import { anyOf, anyTrue, not, type Truth } from './truth.ts'

export type Test = (context: Context) => Truth

interface Match {
  /** Whether one attribute (no array) satisfies the operator; undefined when its type is wrong or the operand unusable. */
  one: (attribute: unknown) => Truth
  /** Of an array without elements: it matches nothing, unless what it is compared with cannot be read. */
  none: Truth
}

interface Operand {
  values: readonly Json[]
  ignoreCase: boolean
  engine: PatternEngine | undefined
}

/** Longer arrays are not searched: they are unknown. */
const LONGEST_ARRAY = 100_000

const unknown: Match = { one: () => undefined, none: undefined }

/** A test of one attribute. An unknown operator, a wrong type, an unusable value, a missing or unreadable attribute are unknown. */
export function compileLeaf(leaf: Leaf, engine?: PatternEngine): Test {
  const read = attributeReader(leaf.attribute)
  const negated = leaf.negate === true
  const missing: Truth = leaf.ifMissing === true ? true : undefined
  if (leaf.op === 'exists') {
    return (context) => {
      const exists = readable(read, context)
      return exists ? !negated : leaf.ifMissing === true || negated
    }
  }
  const match = matcherOf(leaf, engine)
  return (context) => {
    try {
      const attribute = read(context)
      if (attribute === undefined || attribute === null) return missing
      const truth = Array.isArray(attribute) ? matchAny(attribute, match) : match.one(attribute)
      return negated ? not(truth) : truth
    } catch {
      return undefined
    }
  }
}

function readable(read: (context: Context) => unknown, context: Context): boolean {
  try {
    return read(context) != null
  } catch {
    return false
  }
}

function matchAny(elements: readonly unknown[], { one, none }: Match): Truth {
  if (elements.length === 0) return none
  return elements.length > LONGEST_ARRAY ? undefined : anyTrue(elements, one)
}

function matcherOf({ op, values = [], ignoreCase }: Leaf, engine: PatternEngine | undefined): Match {
  if (!Array.isArray(values)) return unknown
  const operand = { values, ignoreCase: ignoreCase === true, engine }
  return Object.hasOwn(matchers, op) ? matchers[op as keyof typeof matchers](operand) : unknown
}

const matchers: Record<Exclude<Operator, 'exists'>, (operand: Operand) => Match> = {
  in: isIn,
  starts_with: text((attribute, value) => attribute.startsWith(value)),
  ends_with: text((attribute, value) => attribute.endsWith(value)),
  contains: text((attribute, value) => attribute.includes(value)),
  matches: patterns,
  eq: numbers((attribute, value) => attribute === value),
  gt: numbers((attribute, value) => attribute > value),
  gte: numbers((attribute, value) => attribute >= value),
  lt: numbers((attribute, value) => attribute < value),
  lte: numbers((attribute, value) => attribute <= value),
  before: compared(parseInstant, parseInstant, (attribute, value) => attribute < value),
  after: compared(parseInstant, parseInstant, (attribute, value) => attribute > value),
  semver_eq: versions((order) => order === 0),
  semver_gt: versions((order) => order > 0),
  semver_gte: versions((order) => order >= 0),
  semver_lt: versions((order) => order < 0),
  semver_lte: versions((order) => order <= 0),
  cidr: compared(ofText(parseAddress), ofText(parseRange), isWithin),
}

/** Membership without coercion; an attribute of a type that no value has is of the wrong type. */
function isIn({ values, ignoreCase }: Operand): Match {
  const folded = (value: unknown) => (ignoreCase && typeof value === 'string' ? value.toLowerCase() : value)
  const members = new Set(values.filter(isScalar).map(folded))
  const types = new Set([...members].map((member) => typeof member))
  const complete = values.every(isScalar)
  const one = (attribute: unknown) => {
    if (!isScalar(attribute)) return undefined
    if (members.has(folded(attribute))) return true
    return complete && (values.length === 0 || types.has(typeof attribute)) ? false : undefined
  }
  return { one, none: complete ? false : undefined }
}

/** True if any value parses and compares so, unknown if the attribute or a value that could still decide does not parse. */
function compared<A, V>(parseAttribute: (raw: unknown) => A | undefined, parseValue: (raw: Json) => V | undefined, compare: (attribute: A, value: V) => Truth): (operand: Operand) => Match {
  return ({ values }) => {
    const parsed = values.map(parseValue)
    const matches = anyOf(parsed.map((value) => (attribute: A) => (value === undefined ? undefined : compare(attribute, value))))
    const one = (raw: unknown) => {
      const attribute = parseAttribute(raw)
      return attribute === undefined ? undefined : matches(attribute)
    }
    return { one, none: parsed.includes(undefined) ? undefined : false }
  }
}

function numbers(compare: (attribute: number, value: number) => boolean): (operand: Operand) => Match {
  return compared(finite, finite, compare)
}

function versions(accept: (order: number) => boolean): (operand: Operand) => Match {
  const parse = ofText(parseVersion)
  return compared(parse, parse, (attribute, value) => accept(compareVersions(attribute, value)))
}

function text(compare: (attribute: string, value: string) => boolean): (operand: Operand) => Match {
  return (operand) => {
    const parse = ofText((value) => (operand.ignoreCase ? value.toLowerCase() : value))
    return compared(parse, parse, compare)(operand)
  }
}

function patterns(operand: Operand): Match {
  const compile = ofText((pattern) => {
    const compiled = operand.engine?.compile(pattern, operand.ignoreCase)
    return compiled?.ok ? compiled.matches : undefined
  })
  return compared(ofText((attribute) => attribute), compile, (attribute, matches) => matches(attribute))(operand)
}

function ofText<T>(parse: (text: string) => T | undefined): (raw: unknown) => T | undefined {
  return (raw) => (typeof raw === 'string' ? parse(raw) : undefined)
}

function finite(raw: unknown): number | undefined {
  return typeof raw === 'number' && Number.isFinite(raw) ? raw : undefined
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'boolean' || finite(value) !== undefined
}
