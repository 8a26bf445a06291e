import type { Condition, Json } from '@assay/sdk/core'

export interface AskedAttribute {
  /** Dotted path in the context. */
  path: string
  /** How what is typed is read: as the kind of value that the conditions compare it with. */
  kind: 'text' | 'number' | 'boolean' | 'any'
}

interface Definition {
  key: string
  when: Condition | null
}

/** Attributes that a condition asks for, also through the cohorts it names, each once in the order they are met. */
export function askedAttributes(condition: Condition | undefined, cohorts: readonly Definition[]): AskedAttribute[] {
  const kinds = new Map<string, Set<AskedAttribute['kind']>>()
  const seen = new Set<string>()
  const walk = (part: Condition): void => {
    if ('all' in part) part.all.forEach(walk)
    else if ('any' in part) part.any.forEach(walk)
    else if ('not' in part) walk(part.not)
    else if ('cohort' in part) {
      const nested = cohorts.find(({ key }) => key === part.cohort)?.when
      if (seen.has(part.cohort) || !nested) return
      seen.add(part.cohort)
      walk(nested)
    } else if (part.attribute !== '') kinds.set(part.attribute, (kinds.get(part.attribute) ?? new Set()).add(kindOf(part.op, part.values ?? [])))
  }
  if (condition) walk(condition)
  return [...kinds].map(([path, known]) => ({ path, kind: known.size === 1 ? ([...known][0] ?? 'any') : 'any' }))
}

/** The attribute as JSON; undefined where nothing is typed. */
export function readAttribute(kind: AskedAttribute['kind'], typed: string): Json | undefined {
  const text = typed.trim()
  if (text === '') return undefined
  if (kind === 'text') return text
  if ((kind === 'number' || kind === 'any') && Number.isFinite(Number(text))) return Number(text)
  if ((kind === 'boolean' || kind === 'any') && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

/** Sets a value at a dotted path, on a copy. What is in the way and is no object is replaced. */
export function withPath(context: Record<string, unknown>, path: string, value: Json): Record<string, unknown> {
  const [first = '', ...rest] = path.split('.')
  if (rest.length === 0) return { ...context, [first]: value }
  const inner = context[first]
  return { ...context, [first]: withPath(isRecord(inner) ? inner : {}, rest.join('.'), value) }
}

function kindOf(op: string, values: readonly Json[]): AskedAttribute['kind'] {
  if (['eq', 'gt', 'gte', 'lt', 'lte'].includes(op)) return 'number'
  if (op === 'exists' || op === 'before' || op === 'after') return 'any'
  if (op !== 'in') return 'text'
  const types = new Set(values.map((value) => typeof value))
  return types.size !== 1 ? 'any' : types.has('string') ? 'text' : types.has('number') ? 'number' : types.has('boolean') ? 'boolean' : 'any'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
