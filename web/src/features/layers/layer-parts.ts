import type { Layer } from '@assay/server/contract'
import type { LayerPart } from '../../ui/layer/layer-bar.tsx'
import { WHOLE } from '../../ui/serve/serve-words.ts'

type Taken = Layer['taken'][number]

export interface LayerIn {
  environment: string
  parts: LayerPart[]
  /** Of one. */
  free: number
}

/** What is taken of a layer, environment by environment in their order: the same buckets can be taken in each. */
export function layerIn({ taken }: Pick<Layer, 'taken'>, environments: readonly { key: string }[]): LayerIn[] {
  const takers = [...new Set(taken.map(takerOf))]
  return environments.flatMap(({ key }) => {
    const parts = taken.filter(({ environment }) => environment === key).sort((a, b) => a.from - b.from).map((part) => ({ ...part, series: takers.indexOf(takerOf(part)) + 1 }))
    if (parts.length === 0) return []
    return [{ environment: key, parts, free: Math.max(0, 1 - parts.reduce((sum, { from, to }) => sum + to - from, 0) / WHOLE) }]
  })
}

function takerOf({ flag, rule, experiment }: Taken): string {
  return experiment ?? `${flag} ${rule ?? ''}`
}
