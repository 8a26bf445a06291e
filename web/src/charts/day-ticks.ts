const STEPS = [1, 2, 3, 5, 7, 14, 28, 56, 112]
const ROOM = 52

/** Days that are named on an axis of the given width: the first, the last, and even steps between them. */
export function dayTicks(last: number, width: number): number[] {
  const step = STEPS.find((days) => ((days * width) / Math.max(1, last - 1)) >= ROOM) ?? last
  const ticks: number[] = []
  for (let day = 1; day < last; day += step) ticks.push(day)
  if (ticks.length > 1 && last - (ticks.at(-1) ?? 0) < step * 0.7) ticks.pop()
  return [...ticks, last]
}
