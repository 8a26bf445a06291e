import type { LayerRange } from '@assay/sdk/core'
import type { Layer } from '@assay/server/contract'
import { percent } from '../../ui/format.ts'
import { WHOLE } from '../../ui/serve/serve-words.ts'

type Taken = Layer['taken'][number]
type Range = Pick<LayerRange, 'from' | 'to'>

/** The rule that asks for a part of a layer; null is what everyone else gets. */
export interface LayerPlace {
  flag: string
  environment: string
  rule: string | null
}

/** What others take of a layer in the same environment, from the first bucket on. */
export function takenByOthers({ taken }: Pick<Layer, 'taken'>, { flag, environment, rule }: LayerPlace): Taken[] {
  return taken.filter((part) => part.environment === environment && !(part.flag === flag && part.rule === rule)).sort((a, b) => a.from - b.from)
}

/** The widest part that nobody takes; null where everything is taken. */
export function widestFree(others: readonly Range[]): Range | null {
  const ends = [...others.map(({ from, to }) => ({ from, to })), { from: WHOLE, to: WHOLE }]
  let start = 0
  let widest: Range | null = null
  for (const { from, to } of ends) {
    if (from > start && (widest === null || from - start > widest.to - widest.from)) widest = { from: start, to: from }
    start = Math.max(start, to)
  }
  return widest
}

/** What stands in the way of taking a part, in words; null where nothing does. */
export function layerProblem(range: Range, others: readonly Taken[]): string | null {
  if (range.from >= range.to) return 'A part of a layer ends after it begins.'
  const overlap = others.find((other) => other.from < range.to && range.from < other.to)
  return overlap ? `${overlap.experiment ?? overlap.flag} has ${rangeWords(overlap)} already: choose a part that is free.` : null
}

/** `20% to 50%` */
export function rangeWords({ from, to }: Range): string {
  return `${percent(from / WHOLE)} to ${percent(to / WHOLE)}`
}
