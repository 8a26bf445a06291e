import { splitsForExperiment } from '../contract/promote-targeting.ts'
import type { Targeting, TargetingRule } from '../contract/flags.ts'

/** What a copy of a flag does: the same, with the same salts, but off, and without rules of experiments or in layers, whose buckets belong to one rule only. */
export function clonedTargeting(targeting: Targeting): Targeting {
  return { ...targeting, enabled: false, rules: targeting.rules.filter((rule) => !splitsForExperiment(rule) && !takesLayer(rule)) }
}

function takesLayer({ serve }: TargetingRule): boolean {
  return !('variant' in serve) && serve.layer !== undefined
}
