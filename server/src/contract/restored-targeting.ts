import { splitsForExperiment, withExperimentRules } from './promote-targeting.ts'
import type { Targeting } from './flags.ts'

/**
 * An earlier targeting as it can stand now. Rules of experiments follow the present: one that runs stays as it is, and
 * one that has ended since is what its decision made of it, or gone.
 */
export function restoredTargeting(earlier: Targeting, current: Targeting): Targeting {
  const now = new Map(current.rules.map((rule) => [rule.id, rule]))
  const rules = earlier.rules.flatMap((rule) => (splitsForExperiment(rule) ? (now.get(rule.id) ?? []) : rule))
  return { ...earlier, rules: withExperimentRules(rules, current.rules) }
}

/**
 * What stood at a revision of an environment: what the change of that revision wrote, or what the first recorded change
 * found. Null for a revision that is not one of this environment.
 */
export function earlierTargeting(entries: readonly { revision: number; before: Targeting | null; after: Targeting }[], revision: number): Targeting | null {
  const written = entries.findLast((entry) => entry.revision === revision)
  if (written) return written.after
  const [first] = entries
  return first && revision >= 1 && revision < first.revision ? first.before : null
}
