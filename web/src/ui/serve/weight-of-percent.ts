/** Percent with up to three decimals as a weight, or as buckets of a whole. */
export function weightOfPercent(percent: number): number {
  return Math.round(Math.min(100, Math.max(0, percent)) * 1000)
}
