import type { Serve, Split } from '@assay/sdk/core'
import type { Targeting } from '../contract/flags.ts'
import { keepsPeople } from '../contract/keeps-people.ts'
import { sameValue } from '../contract/same-value.ts'
import type { Issue } from '../rulesets/check-condition.ts'
import { checkDistinct } from '../rulesets/check-distinct.ts'
import { invalidRuleset } from '../rulesets/invalid-ruleset.ts'
import { assertExperimentRules } from './experiment-locks.ts'
import type { FlagRecord, RecordEnvironment } from './flag-record.ts'

/** Refuses a targeting whose parts cannot be told apart, before they are merged or stored under their names. */
export function assertDistinct(flag: string, targeting: Targeting): void {
  refuse(checkDistinct(flag, targeting))
}

/** What every new targeting keeps, by whatever way it comes: the rules of running experiments, and salts with their divisions. What stood in `earlier` may come back. */
export function assertKeepsDivisions(record: FlagRecord, environment: RecordEnvironment, targeting: Targeting, earlier: readonly Targeting[] = []): void {
  assertExperimentRules(record, environment, targeting)
  assertSaltsKept(record.detail.key, environment.state.targeting, targeting, earlier)
}

/**
 * Refuses a split that goes on with a salt of before but would put people elsewhere: they would be divided anew without
 * a word, and whoever counts by the salt would count two divisions as one. Nowhere in the flag may the salt return so.
 * What stood in `earlier` may come back as it was.
 */
export function assertSaltsKept(flag: string, before: Targeting, after: Targeting, earlier: readonly Targeting[] = []): void {
  const places = placesOf(before)
  const past = earlier.flatMap(placesOf)
  refuse(placesOf(after).flatMap(({ place, what, split }) => {
    const sameSalt = places.filter((other) => other.split.salt === split.salt)
    const own = sameSalt.filter((other) => other.place === place)
    const of = own.length > 0 ? own : sameSalt
    if (of.length === 0 || of.some((other) => keepsPeople(other.split, split)) || past.some((other) => sameDivision(other.split, split))) return []
    return [{ path: `flags.${flag}.${what.path}.salt`, message: `${what.name} divides people in another way than before with the same salt: give the split a new salt, so that the new division starts afresh.` }]
  }))
}

function sameDivision(a: Split, b: Split): boolean {
  return a.salt === b.salt && a.unit === b.unit && sameValue(a.arms, b.arms) && sameValue(a.hash, b.hash)
}

interface Place {
  /** The same rule of both sides, wherever it stands. */
  place: string
  what: { path: string; name: string }
  split: Split
}

function placesOf({ rules, fallthrough }: Targeting): Place[] {
  const of = (serve: Serve, place: string, path: string, name: string): Place[] => ('variant' in serve ? [] : [{ place, what: { path, name }, split: serve }])
  return [...rules.flatMap(({ id, serve }, index) => of(serve, `rule ${id}`, `rules.${index}.serve`, `Rule ${index + 1}`)), ...of(fallthrough, 'fallthrough', 'fallthrough', 'The fallthrough')]
}

function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0) throw invalidRuleset(issues, 'Nothing was saved.')
}
