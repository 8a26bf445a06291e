import type { Prerequisite } from '@assay/sdk/core'
import type { Issue } from './check-condition.ts'

/** Parts of a flag that are told apart by name, and so can be there only once. */
export function checkDistinct(flag: string, { rules, prerequisites }: { rules: readonly { id: string }[]; prerequisites: readonly Prerequisite[] }): Issue[] {
  return [
    ...repeated(prerequisites.map((prerequisite) => prerequisite.flag)).map((needed) => ({ path: `flags.${flag}.prerequisites`, message: `${flag} needs ${needed} twice: name all the variants that will do in one place.` })),
    ...repeated(rules.map((rule) => rule.id)).map((id) => ({ path: `flags.${flag}.rules`, message: `${flag} has two rules with the id ${id}.` })),
  ]
}

export function repeated(keys: readonly string[]): string[] {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const key of keys) (seen.has(key) ? twice : seen).add(key)
  return [...twice]
}
