/** One layer of a stack, from the bottom up. */
export interface StackLayer {
  label: string
  /** Index of the series colour; null is drawn in the tone of what is not counted as a variant. */
  series: number | null
  /** One for each step, oldest first. */
  values: number[]
}

/** Lower and upper edge of every layer at every step. */
export function stackEdges(layers: readonly StackLayer[]): [lower: number, upper: number][][] {
  const sums: number[] = []
  return layers.map(({ values }) => values.map((value, step): [number, number] => {
    const lower = sums[step] ?? 0
    sums[step] = lower + value
    return [lower, lower + value]
  }))
}

/** The highest sum of all layers at any step; 1 where nothing was counted, so that an axis can be drawn. */
export function highestSum(layers: readonly StackLayer[]): number {
  const steps = Math.max(0, ...layers.map(({ values }) => values.length))
  return Math.max(1, ...Array.from({ length: steps }, (_, step) => layers.reduce((sum, { values }) => sum + (values[step] ?? 0), 0)))
}
