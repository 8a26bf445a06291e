import type { Flag, Ruleset, Serve } from '@assay/sdk/core'
import type { FlagDetail, Targeting } from '../contract/flags.ts'
import { compileFlag } from '../rulesets/compile-ruleset.ts'

/** The flag in its wire form as if it had this targeting. */
export function proposedFlag({ key, type, clientVisible, variants, revision }: FlagDetail, { rules, ...state }: Targeting): Flag {
  return compileFlag({
    key,
    type,
    clientVisible,
    definedAt: revision,
    variants: variants.map((variant, position) => ({ ...variant, position })),
    state: { ...state, revision },
    rules: rules.map(({ id, when = null, serve, heldOut = false }, position) => ({ id, position, when, serve, heldOut })),
  })
}

/** The ruleset with the flag in the place of the one it has of that key. */
export function withFlag(ruleset: Ruleset, flag: Flag): Ruleset {
  return { ...ruleset, flags: [...ruleset.flags.filter(({ key }) => key !== flag.key), flag] }
}

/** The kind of unit that targetings are about: what they split by first, or people. */
export function unitTypeOf(...targetings: readonly Pick<Targeting, 'rules' | 'fallthrough'>[]): string {
  const serves: Serve[] = targetings.flatMap(({ rules, fallthrough }) => [...rules.map(({ serve }) => serve), fallthrough])
  return serves.flatMap((serve) => ('variant' in serve ? [] : [serve.unit]))[0] ?? 'user'
}
