import type { FlagKind, FlagVariant, Targeting } from '../contract/flags.ts'
import type { FlagType } from '@assay/sdk/core'

/**
 * What a new flag does in every environment: off. Turned on without rules, a boolean flag serves true to everybody;
 * an experiment's flag, and one of another type, goes on serving its off variant until a rule says otherwise.
 */
export function offTargeting(flag: { kind: FlagKind; type: FlagType; variants: readonly FlagVariant[] }): Targeting {
  const [first] = flag.variants
  if (!first) throw new Error('a flag has at least one variant')
  const off = flag.type === 'boolean' ? (flag.variants.find((variant) => variant.value === false) ?? first) : first
  const on = flag.type === 'boolean' && flag.kind !== 'experiment' ? flag.variants.find((variant) => variant.value === true) : undefined
  return { enabled: false, offVariant: off.key, prerequisites: [], rules: [], fallthrough: { variant: (on ?? off).key } }
}
