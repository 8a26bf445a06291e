import { compileRuleset, evaluate, type Cohort, type Condition, type Flag, type Json, type Ruleset } from '@assay/sdk/core'
import { patterns } from '@assay/sdk/patterns'
import type { CohortSize } from '../contract/cohorts.ts'
import { type SeenUnit, unitContext } from '../impact/unit-context.ts'

const EXAMPLES = 5

interface SizeInput {
  /** Where the other cohorts are read from. */
  ruleset: Ruleset
  cohort: Cohort
  /** Newest first. */
  seen: readonly SeenUnit[]
}

/** Who of the seen units is in the cohort: every one is asked by the engine that services use. */
export function computeCohortSize({ ruleset, cohort, seen }: SizeInput): CohortSize {
  const cohorts = [...ruleset.cohorts.filter(({ key }) => key !== cohort.key), cohort]
  const asked = compileRuleset({ ...ruleset, cohorts, flags: [membershipOf(cohort.key)] }, { patterns })
  const answers = seen.map((unit) => ({ unit, answer: evaluate(asked, MEMBER, unitContext(cohort.unit, unit)).variant }))
  const inside = answers.filter(({ answer }) => answer === 'in').map(({ unit }) => unit)
  const paths = pathsIn(cohort.when, new Map(cohorts.map(({ key, when }) => [key, when])))
  const listed = new Set(cohort.included)
  const [newest, oldest] = [seen[0], seen.at(-1)]
  return {
    basis: { units: seen.length, since: oldest ? iso(oldest.at) : null, until: newest ? iso(newest.at) : null },
    inside: inside.length,
    unknown: answers.filter(({ answer }) => answer === 'unknown').length,
    share: seen.length === 0 ? 0 : inside.length / seen.length,
    examples: inside.slice(0, EXAMPLES).map(({ unit, at, attributes }) => ({
      unit, seenAt: iso(at), listed: listed.has(unit), attributes: Object.fromEntries(paths.map((path) => [path, valueAt(attributes, path)])),
    })),
  }
}

const MEMBER = 'member'

/** In, out, or what is left where the cohort can neither be affirmed nor denied. */
function membershipOf(cohort: string): Flag {
  return {
    key: MEMBER, type: 'string', enabled: true, clientVisible: false, revision: 1,
    variants: ['in', 'out', 'unknown'].map((key) => ({ key, value: key })),
    rules: [{ id: 'in', when: { cohort }, serve: { variant: 'in' } }, { id: 'out', when: { not: { cohort } }, serve: { variant: 'out' } }],
    fallthrough: { variant: 'unknown' },
  }
}

/** Attributes that a condition asks for, also through the cohorts it names, each once in the order they are met. */
function pathsIn(condition: Condition | undefined, cohorts: ReadonlyMap<string, Condition | undefined>, met = new Set<string>()): string[] {
  if (condition === undefined) return []
  const within = (parts: readonly Condition[]) => [...new Set(parts.flatMap((part) => pathsIn(part, cohorts, met)))]
  if ('all' in condition) return within(condition.all)
  if ('any' in condition) return within(condition.any)
  if ('not' in condition) return within([condition.not])
  if (!('cohort' in condition)) return [condition.attribute]
  if (met.has(condition.cohort)) return []
  met.add(condition.cohort)
  return pathsIn(cohorts.get(condition.cohort), cohorts, met)
}

/** An attribute is kept by its dotted path or nested, as the service gave it. */
function valueAt(attributes: Readonly<Record<string, Json>>, path: string): Json {
  if (Object.hasOwn(attributes, path)) return attributes[path] ?? null
  return path.split('.').reduce<Json>((value, part) => (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, part) ? (value[part] ?? null) : null), { ...attributes })
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
