import type { LayerRange } from '@assay/sdk/core'
import type { Layer } from '@assay/server/contract'
import { percent } from '../format.ts'
import { WHOLE } from '../serve/serve-words.ts'

type Taken = Layer['taken'][number]
export type Range = Pick<LayerRange, 'from' | 'to'>

/** What asks for a part of a layer: a rule, what everyone else gets where `rule` is null, or something that has no rule yet. */
export interface LayerPlace {
  flag: string
  environment: string
  rule?: string | null
}

/** What others take of a layer in the same environment, from the first bucket on. */
export function takenByOthers({ taken }: Pick<Layer, 'taken'>, { flag, environment, rule }: LayerPlace): Taken[] {
  return taken.filter((part) => part.environment === environment && !(part.flag === flag && part.rule === rule)).sort((a, b) => a.from - b.from)
}

/** The first part that nobody takes; null where everything is taken. */
export function firstFree(others: readonly Range[]): Range | null {
  return freeParts(others)[0] ?? null
}

/** A free part in place of one that is not: the first that is as large, else the largest there is; null where everything is taken. */
export function freeInstead(range: Range, others: readonly Range[]): Range | null {
  const free = freeParts(others)
  const size = range.to - range.from
  const fitting = free.find(({ from, to }) => to - from >= size)
  if (fitting && size > 0) return { from: fitting.from, to: fitting.from + size }
  return free.reduce<Range | null>((widest, part) => (widest === null || part.to - part.from > widest.to - widest.from ? part : widest), null)
}

function freeParts(others: readonly Range[]): Range[] {
  const parts: Range[] = []
  let start = 0
  for (const { from, to } of [...others, { from: WHOLE, to: WHOLE }]) {
    if (from > start) parts.push({ from: start, to: from })
    start = Math.max(start, to)
  }
  return parts
}

/** Why it is no part of any layer, in words; null where it is one. */
export function rangeProblem({ from, to }: Range): string | null {
  if (from >= to) return 'Its part of the layer is empty: raise the share above 0%.'
  return to > WHOLE ? `Its part would end at ${percent(to / WHOLE)} of the layer: take less, or start earlier.` : null
}

/** Who has some of it already, in words; null where nobody does. */
export function overlapProblem(range: Range, others: readonly Taken[]): string | null {
  const overlaps = others.filter((other) => other.from < range.to && range.from < other.to)
  return overlaps.length === 0 ? null : `${overlaps.map((other) => `${other.experiment ?? other.flag} has ${rangeWords(other)}`).join(' and ')} already: choose a part that is free.`
}

/** Of one. */
export function shareOfLayer({ from, to }: Range): number {
  return Math.max(0, to - from) / WHOLE
}

/** `20% to 50%` */
export function rangeWords({ from, to }: Range): string {
  return `${percent(from / WHOLE)} to ${percent(to / WHOLE)}`
}
