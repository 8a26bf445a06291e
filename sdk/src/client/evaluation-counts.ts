/** More pairs of flag and variant than this are not told apart until the next report. */
const MOST = 10_000

export interface EvaluationCount {
  flag: string
  /** Empty where the caller's default was served. */
  variant: string
  count: number
}

/** How often each flag gave each variant since the last report. */
export function createEvaluationCounts() {
  let counts = new Map<string, Map<string, number>>()
  let pairs = 0
  return {
    add(flag: string, variant: string, times = 1): void {
      const byVariant = counts.get(flag)
      const count = byVariant?.get(variant)
      if (count === undefined && ++pairs > MOST) return
      if (byVariant) byVariant.set(variant, (count ?? 0) + times)
      else counts.set(flag, new Map([[variant, times]]))
    },
    take(): EvaluationCount[] {
      const taken = [...counts].flatMap(([flag, byVariant]) => [...byVariant].map(([variant, count]) => ({ flag, variant, count })))
      counts = new Map()
      pairs = 0
      return taken
    },
  }
}
