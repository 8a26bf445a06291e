import type { Flag, Ruleset, Serve } from '@assay/sdk/core'
import type { FlagDetail, Targeting } from '../contract/flags.ts'

/** The flag in its wire form as if it had this targeting. */
export function proposedFlag({ key, type, clientVisible, variants, revision }: FlagDetail, { enabled, offVariant, prerequisites, rules, fallthrough }: Targeting): Flag {
  return {
    key,
    type,
    enabled,
    clientVisible,
    revision,
    variants: variants.map(({ key: variant, value }) => ({ key: variant, value })),
    ...(offVariant === null ? {} : { offVariant }),
    ...(prerequisites.length === 0 ? {} : { prerequisites }),
    rules: rules.map(({ name: _name, ...rule }) => rule),
    fallthrough,
  }
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
