import type { Environment } from '@assay/server/contract'

/** The two environments that an address asks to compare, else the last two: what would go to production, beside production. Null where there is only one. */
export function comparedPair(environments: readonly Environment[], from: string | undefined, to: string | undefined): { from: Environment; to: Environment } | null {
  const named = (key: string | undefined) => environments.find((environment) => environment.key === key)
  const target = named(to) ?? environments.findLast((environment) => environment.production && environment.key !== from) ?? environments.findLast(({ key }) => key !== from)
  const source = named(from === target?.key ? undefined : from) ?? environments.slice(0, target === undefined ? 0 : environments.indexOf(target)).at(-1) ?? environments.find((environment) => environment !== target)
  return source && target && source !== target ? { from: source, to: target } : null
}
