/** Moves labels apart along one axis so that each has `gap` to the next, in their order, and all stay within the bounds. */
export function spreadLabels(at: readonly number[], gap: number, [low, high]: readonly [number, number]): number[] {
  const order = at.map((_, index) => index).sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0))
  const placed = [...at]
  let least = low
  for (const index of order) {
    placed[index] = Math.max(least, at[index] ?? 0)
    least = (placed[index] ?? 0) + gap
  }
  let most = high
  for (const index of order.toReversed()) {
    placed[index] = Math.min(most, placed[index] ?? 0)
    most = (placed[index] ?? 0) - gap
  }
  return placed
}
