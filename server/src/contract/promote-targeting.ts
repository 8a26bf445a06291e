import type { Targeting, TargetingRule } from './flags.ts'

/**
 * What an environment does after it took over `from`: all of it, but rules of experiments. Those of `from` stay there,
 * those of `to` stay behind the same rule as before. Salts come along, so nobody is bucketed anew.
 */
export function promoteTargeting(from: Targeting, to: Targeting): Targeting {
  return { ...from, rules: withExperimentRules(from.rules.filter((rule) => !splitsForExperiment(rule)), to.rules) }
}

/** Whether the rule is one that a running experiment put there. */
export function splitsForExperiment(rule: Pick<TargetingRule, 'serve'>): boolean {
  return !('variant' in rule.serve) && rule.serve.experiment !== undefined
}

/** `rules` with the experiment rules of `current`, each behind the nearest rule before it that is still there, or first. */
export function withExperimentRules(rules: readonly TargetingRule[], current: readonly TargetingRule[]): TargetingRule[] {
  const result = [...rules]
  for (const [index, rule] of current.entries()) {
    if (!splitsForExperiment(rule)) continue
    const placeOf = (id: string) => result.findIndex((other) => other.id === id)
    if (placeOf(rule.id) >= 0) {
      result[placeOf(rule.id)] = rule
      continue
    }
    const before = current.slice(0, index).findLast(({ id }) => placeOf(id) >= 0)
    result.splice(before ? placeOf(before.id) + 1 : 0, 0, rule)
  }
  return result
}
