/** The middle of some times, and what nineteen of twenty stay below. */
export function spread(times) {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share) => Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1))
  return { medianMs: at(0.5), p95Ms: at(0.95) }
}
