import type { Serve } from '@assay/sdk/core'
import type { Layer } from '../contract/layers.ts'

export type Taken = Layer['taken'][number]

/** What takes which part of each layer, from the lowest bucket up. */
export function takenIn(serves: readonly { flag: string; environment: string; rule: string | null; serve: Serve }[]): Map<string, Taken[]> {
  const taken = new Map<string, Taken[]>()
  for (const { flag, environment, rule, serve } of serves) {
    if ('variant' in serve || !serve.layer) continue
    const { key, from, to } = serve.layer
    taken.set(key, [...(taken.get(key) ?? []), { flag, environment, rule, experiment: serve.experiment ?? null, from, to }])
  }
  for (const parts of taken.values()) parts.sort((a, b) => a.from - b.from || (`${a.flag} ${a.environment}` < `${b.flag} ${b.environment}` ? -1 : 1))
  return taken
}
