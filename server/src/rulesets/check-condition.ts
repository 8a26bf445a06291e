import { OPERATORS, type Condition, type Json, type Leaf, type Operator } from '@assay/sdk/core'

export interface Issue {
  path: string
  message: string
}

const MAX_DEPTH = 20
const STRING_OPERATORS: readonly Operator[] = ['in', 'starts_with', 'ends_with', 'contains', 'matches']
const SEMVER = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(\.(0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/
const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/

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

function isInstant(value: Json): boolean {
  return isNumber(value) || (typeof value === 'string' && RFC_3339.test(value) && !Number.isNaN(Date.parse(value)))
}

function isSemver(value: Json): boolean {
  return typeof value === 'string' && SEMVER.test(value)
}

function isCidr(value: Json): boolean {
  if (typeof value !== 'string') return false
  const [address = '', bits, ...rest] = value.split('/')
  if (rest.length > 0) return false
  const width = isIpv4(address) ? 32 : isIpv6(address) ? 128 : null
  return width !== null && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= width))
}

function isIpv4(text: string): boolean {
  return /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/.test(text)
}

function isIpv6(text: string): boolean {
  if (!/^[0-9A-Fa-f:.]{2,45}$/.test(text)) return false
  const embedded = text.includes('.') ? text.slice(text.lastIndexOf(':') + 1) : null
  if (embedded !== null && !isIpv4(embedded)) return false
  const halves = (embedded === null ? text : `${text.slice(0, text.length - embedded.length)}0:0`).split('::')
  if (halves.length > 2) return false
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')))
  const count = groups.reduce((total, half) => total + half.length, 0)
  return groups.flat().every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group)) && (halves.length === 2 ? count <= 7 : count === 8)
}

function shown(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
