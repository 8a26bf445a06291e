import type { Serve } from '@assay/sdk/core'
import { splitsForExperiment } from '../contract/promote-targeting.ts'
import type { Targeting } from '../contract/flags.ts'

/**
 * What a copy of a flag does: the same, with the same salts, but off, and without splits of experiments or in layers, whose
 * buckets belong to one flag only. Their rules are left out; as the fallthrough such a split becomes one variant for everybody.
 */
export function clonedTargeting({ rules, fallthrough, ...targeting }: Targeting): Targeting {
  return { ...targeting, enabled: false, rules: rules.filter(({ serve }) => !belongsElsewhere(serve)), fallthrough: belongsElsewhere(fallthrough) ? { variant: plainVariant(fallthrough, targeting.offVariant) } : fallthrough }
}

function belongsElsewhere(serve: Serve): boolean {
  return splitsForExperiment({ serve }) || (!('variant' in serve) && serve.layer !== undefined)
}

/** What the flag serves while it is off; else the last arm, which is the control. */
function plainVariant(serve: Serve, offVariant: string | null): string {
  if ('variant' in serve) return serve.variant
  return offVariant ?? serve.arms.at(-1)?.variant ?? ''
}
