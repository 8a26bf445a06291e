import { OPERATORS, parseInstant, parseRange, parseVersion, type Condition, type Json, type Leaf, type Operator } from '@assay/sdk/core'
import { isReservedName } from '../contract/fields.ts'

export interface Issue {
  path: string
  message: string
}

const MAX_DEPTH = 20
const STRING_OPERATORS: readonly Operator[] = ['in', 'starts_with', 'ends_with', 'contains', 'matches']

/** What a value of each operator must be; the sentence follows "needs". */
const operands: Record<Exclude<Operator, 'exists'>, { needs: string; accepts: (value: Json) => boolean }> = {
  in: { needs: 'texts, numbers or booleans', accepts: (value) => typeof value === 'string' || typeof value === 'boolean' || isNumber(value) },
  starts_with: { needs: 'texts', accepts: isText },
  ends_with: { needs: 'texts', accepts: isText },
  contains: { needs: 'texts', accepts: isText },
  matches: { needs: 'regular expressions', accepts: isText },
  eq: { needs: 'numbers', accepts: isNumber },
  gt: { needs: 'numbers', accepts: isNumber },
  gte: { needs: 'numbers', accepts: isNumber },
  lt: { needs: 'numbers', accepts: isNumber },
  lte: { needs: 'numbers', accepts: isNumber },
  before: { needs: 'RFC 3339 instants or milliseconds since 1970', accepts: isInstant },
  after: { needs: 'RFC 3339 instants or milliseconds since 1970', accepts: isInstant },
  semver_eq: { needs: 'semantic versions such as 2.1.0', accepts: isSemver },
  semver_gt: { needs: 'semantic versions such as 2.1.0', accepts: isSemver },
  semver_gte: { needs: 'semantic versions such as 2.1.0', accepts: isSemver },
  semver_lt: { needs: 'semantic versions such as 2.1.0', accepts: isSemver },
  semver_lte: { needs: 'semantic versions such as 2.1.0', accepts: isSemver },
  cidr: { needs: 'address ranges such as 10.0.0.0/8', accepts: isCidr },
}

/** Why a pattern of `matches` cannot be used, or null. */
export type CheckPattern = (pattern: string) => string | null

/** Issues of a condition; `what` opens each message, such as "Rule 2 of checkout". */
export function checkCondition(condition: Condition, path: string, what: string, cohorts: ReadonlySet<string>, checkPattern: CheckPattern, depth = 0): Issue[] {
  if (depth > MAX_DEPTH) return [{ path, message: `${what} nests conditions deeper than ${MAX_DEPTH} levels.` }]
  const check = (part: Condition, at: string) => checkCondition(part, `${path}.${at}`, what, cohorts, checkPattern, depth + 1)
  if ('all' in condition) return condition.all.flatMap((part, index) => check(part, `all.${index}`))
  if ('any' in condition) return condition.any.flatMap((part, index) => check(part, `any.${index}`))
  if ('not' in condition) return check(condition.not, 'not')
  if ('cohort' in condition) return cohorts.has(condition.cohort) ? [] : [{ path: `${path}.cohort`, message: `${what} refers to the cohort ${condition.cohort}, which does not exist.` }]
  return checkLeaf(condition, path, what, checkPattern)
}

/** Cohorts that a condition names, each once. */
export function cohortsIn(condition: Condition): string[] {
  if ('all' in condition) return [...new Set(condition.all.flatMap(cohortsIn))]
  if ('any' in condition) return [...new Set(condition.any.flatMap(cohortsIn))]
  if ('not' in condition) return cohortsIn(condition.not)
  return 'cohort' in condition ? [condition.cohort] : []
}

function checkLeaf(leaf: Leaf, path: string, what: string, checkPattern: CheckPattern): Issue[] {
  const { op, values = [] } = leaf
  if (!OPERATORS.includes(op)) return [{ path: `${path}.op`, message: `${what} uses the operator ${op}, which does not exist.` }]
  const issues: Issue[] = []
  if (leaf.attribute.split('.').includes('')) issues.push({ path: `${path}.attribute`, message: `${what} asks for the attribute "${leaf.attribute}": name it by its dotted path, such as company.plan.` })
  const reserved = leaf.attribute.split('.').find(isReservedName)
  if (reserved !== undefined) issues.push({ path: `${path}.attribute`, message: `${what} asks for the attribute "${leaf.attribute}": ${reserved} is taken by programming languages, name the attribute otherwise.` })
  if (leaf.ignoreCase && !STRING_OPERATORS.includes(op)) issues.push({ path: `${path}.ignoreCase`, message: `${what} ignores case with ${op}, which does not compare texts.` })
  if (op === 'exists') {
    if (values.length > 0) issues.push({ path: `${path}.values`, message: `${what} gives exists a value: it takes none.` })
    return issues
  }
  if (values.length === 0) return [...issues, { path: `${path}.values`, message: `${what} compares ${leaf.attribute} with nothing: give ${op} a value.` }]
  const { needs, accepts } = operands[op]
  for (const [index, value] of values.entries()) {
    if (!accepts(value)) issues.push({ path: `${path}.values.${index}`, message: `${what} compares ${leaf.attribute} with ${shown(value)}: ${op} needs ${needs}.` })
    else if (op === 'matches' && typeof value === 'string') {
      const refused = checkPattern(value)
      if (refused !== null) issues.push({ path: `${path}.values.${index}`, message: `${what} has a pattern that cannot be used, ${shown(value)}: ${refused}` })
    }
  }
  return issues
}

function isText(value: Json): value is string {
  return typeof value === 'string'
}

function isNumber(value: Json): boolean {
  return typeof value === 'number' && Number.isFinite(value)
}

// The engine's own parsers decide, so that what is accepted here is never unknown there.
function isInstant(value: Json): boolean {
  return parseInstant(value) !== undefined
}

function isSemver(value: Json): boolean {
  return typeof value === 'string' && parseVersion(value) !== undefined
}

function isCidr(value: Json): boolean {
  return typeof value === 'string' && parseRange(value) !== undefined
}

function shown(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
