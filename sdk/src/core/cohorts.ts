import { hasTexts } from './attribute.ts'
import type { PatternEngine } from './compile-options.ts'
import { compileCondition, endsOf, type Askable } from './conditions.ts'
import { unitReader } from './context.ts'
import { followable, type MayFollow } from './dependencies.ts'
import type { Test } from './leaf.ts'
import type { Cohort } from './ruleset.ts'

export interface Cohorts extends Askable {
  /** The members of a cohort of users that is a list and nothing else. */
  listed: (key: string) => ReadonlySet<string> | undefined
  get: (key: string) => Cohort | undefined
  mayNest: MayFollow
}

/** Cohorts by key, each compiled when it is first asked. */
export function compileCohorts(list: readonly unknown[], patterns?: PatternEngine): Cohorts {
  const cohorts = new Map(list.filter(isCohort).map((cohort) => [cohort.key, cohort]))
  const tests = new Map<string, Test>()
  const members = new Map<string, ReadonlySet<string>>()
  let mayFollow: MayFollow | undefined

  function mayNest(from: string, to: string): boolean {
    mayFollow ??= followable(cohorts.keys(), (key) => endsOf(cohorts.get(key)?.when).flatMap((end) => (end.kind === 'cohort' ? [end.key] : [])))
    return mayFollow(from, to)
  }

  function test(key: string): Test | undefined {
    const known = tests.get(key)
    const cohort = cohorts.get(key)
    if (known || !cohort) return known
    const compiled = compileCohort(cohort)
    tests.set(key, compiled)
    return compiled
  }

  /** `excluded` beats `included` beats `when`; without the unit, what the lists would say is unknown. */
  function compileCohort(cohort: Cohort): Test {
    const { key, unit: unitType, when, included = [], excluded = [] } = cohort
    const nested: Askable = { test: (to) => (mayNest(key, to) ? test(to) : undefined), patterns }
    const condition = when === undefined ? () => false : compileCondition(when, nested)
    if (included.length === 0 && excluded.length === 0) return condition
    const [inside, outside] = [membersOf(cohort), new Set(excluded)]
    const read = unitReader(unitType)
    return (context) => {
      const unit = read(context)
      if (unit !== undefined) return !outside.has(unit) && (inside.has(unit) || condition(context))
      const truth = condition(context)
      const member = truth !== true && inside.size > 0 ? undefined : truth
      return member !== false && outside.size > 0 ? undefined : member
    }
  }

  function listed(key: string): ReadonlySet<string> | undefined {
    const cohort = cohorts.get(key)
    return cohort?.unit === 'user' && cohort.when === undefined && !cohort.excluded?.length && cohort.included ? membersOf(cohort) : undefined
  }

  /** One set per cohort, however many flags ask for it. */
  function membersOf({ key, included = [] }: Cohort): ReadonlySet<string> {
    const known = members.get(key) ?? new Set(included)
    members.set(key, known)
    return known
  }

  return { test, patterns, listed, get: (key) => cohorts.get(key), mayNest }
}

function isCohort(value: unknown): value is Cohort {
  return hasTexts(value, 'key', 'unit') && isTextList(value.included) && isTextList(value.excluded)
}

function isTextList(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.every((each) => typeof each === 'string'))
}
