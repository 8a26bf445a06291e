import type { ComparedFlag } from '@assay/server/contract'

/** Two environments at a time, each at least once: what the comparison answers for. */
export function environmentPairs(environments: readonly string[]): [string, string][] {
  const pairs: [string, string][] = []
  for (let at = 0; at < environments.length; at += 2) {
    const first = environments[at]
    if (first !== undefined) pairs.push([first, environments[at + 1] ?? environments[at - 1] ?? first])
  }
  return pairs
}

export interface Dependant {
  flag: string
  name: string
  environments: string[]
}

/** Flags that need one of the flags given, with the environments in which they do. Those among the flags given do not count: they go together. */
export function dependantsOf(flags: readonly string[], compared: readonly { from: string; to: string; flags: readonly ComparedFlag[] }[]): Dependant[] {
  const found = new Map<string, Dependant>()
  for (const { from, to, flags: rows } of compared) {
    for (const row of rows) {
      if (flags.includes(row.flag)) continue
      for (const [environment, targeting] of [[from, row.from], [to, row.to]] as const) {
        if (!targeting?.prerequisites.some(({ flag }) => flags.includes(flag))) continue
        const known = found.get(row.flag) ?? { flag: row.flag, name: row.name, environments: [] }
        found.set(row.flag, { ...known, environments: [...new Set([...known.environments, environment])] })
      }
    }
  }
  return [...found.values()]
}
