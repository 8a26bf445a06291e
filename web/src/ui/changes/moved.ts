/** Which of the same items have to move to turn one order into the other: the fewest that will do. */
export function moved(before: readonly string[], after: readonly string[]): string[] {
  const stay = new Set(longestRising(after.map((id) => before.indexOf(id))).map((index) => before[index]))
  return after.filter((id) => !stay.has(id))
}

/** Longest rising subsequence. */
function longestRising(numbers: readonly number[]): number[] {
  const best: number[][] = []
  for (const [index, value] of numbers.entries()) {
    const before = best.filter((run) => (run.at(-1) ?? -1) < value).reduce<number[]>((longest, run) => (run.length > longest.length ? run : longest), [])
    best[index] = [...before, value]
  }
  return best.reduce<number[]>((longest, run) => (run.length > longest.length ? run : longest), [])
}
