import type { Serve } from '@assay/sdk/core'
import type { Plan } from '../contract/experiments.ts'
import type { TargetingRule } from '../contract/flags.ts'
import { wireCoverage, wireWeights } from './wire-weights.ts'

interface RuleOf {
  id: string
  name: string
  plan: Pick<Plan, 'cohort'>
}

/** The rule by which an experiment divides people. Exposures carry its phase. A larger coverage only widens the buckets: everybody keeps their arm. */
export function splitRule({ id, name, plan, coverage }: RuleOf & { plan: Plan; coverage: number }): TargetingRule {
  const { unitType, salt, arms, layer, experiment, phase } = plan
  return ruleOf({ id, name, plan }, { unit: unitType, salt, hash: 'murmur3', arms: wireWeights(arms), coverage: wireCoverage(coverage), ...(layer ? { layer } : {}), experiment, phase })
}

/** The rule that an experiment leaves: one variant for the same people. */
export function settledRule({ variant, heldOut, ...rule }: RuleOf & { variant: string; heldOut: boolean }): TargetingRule {
  return { ...ruleOf(rule, { variant }), ...(heldOut ? { heldOut: true as const } : {}) }
}

function ruleOf({ id, name, plan }: RuleOf, serve: Serve): TargetingRule {
  return { id, name, ...(plan.cohort ? { when: { cohort: plan.cohort.key } } : {}), serve }
}
