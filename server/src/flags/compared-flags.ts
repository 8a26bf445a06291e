import type { ComparedFlag, Targeting } from '../contract/flags.ts'
import { sameValue } from '../contract/same-value.ts'
import { environmentOf, type FlagRecord } from './flag-record.ts'

/** Every flag as two environments have it. The ids of rules only tell rules apart: they do not make two environments differ. */
export function comparedFlags(records: readonly FlagRecord[], from: string, to: string): ComparedFlag[] {
  return records.map((record) => {
    const [left, right] = [environmentOf(record, from).state.targeting, environmentOf(record, to).state.targeting]
    return { flag: record.detail.key, name: record.detail.name, same: sameValue(withoutIds(left), withoutIds(right)), from: left, to: right }
  })
}

function withoutIds(targeting: Targeting) {
  return { ...targeting, rules: targeting.rules.map(({ id: _id, ...rule }) => rule) }
}
