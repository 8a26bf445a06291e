import type { Targeting } from '../contract/flags.ts'
import { possibleOutcomes } from '../usage/possible-outcomes.ts'

/** Who may get something else than the off variant. */
export type Reach = 'nobody' | 'somebody' | 'everybody'

/**
 * How far a flag reaches. Everybody is reached once one variant, which is not the off variant, is all that anybody can get:
 * rules, shares and prerequisites leave nobody out any longer.
 */
export function reachOf({ rules, ...targeting }: Targeting): Reach {
  const possible = possibleOutcomes({ ...targeting, serves: rules.map(({ serve }) => serve) })
  const [only] = possible
  if (possible.size === 1) return only === targeting.offVariant ? 'nobody' : 'everybody'
  return 'somebody'
}
