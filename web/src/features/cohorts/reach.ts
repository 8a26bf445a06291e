import type { Cohort } from '@assay/server/contract'

export interface TouchedFlag {
  flag: string
  environment: string
  /** The cohort between this one and the flag; null where the flag names it itself. */
  via: string | null
}

/** Flags that serve by a cohort, by itself or through other cohorts, each flag and environment once. */
export function touchedFlags(key: string, cohorts: readonly Pick<Cohort, 'key' | 'usedBy'>[]): TouchedFlag[] {
  const byKey = new Map(cohorts.map((cohort) => [cohort.key, cohort]))
  const seen = new Set([key])
  const touched: TouchedFlag[] = []
  const ask: { cohort: string; via: string | null }[] = [{ cohort: key, via: null }]
  for (let next = ask.shift(); next; next = ask.shift()) {
    const { cohort, via } = next
    for (const use of byKey.get(cohort)?.usedBy ?? []) {
      if (use.kind === 'flag' && use.environment !== undefined && !touched.some((known) => known.flag === use.key && known.environment === use.environment)) touched.push({ flag: use.key, environment: use.environment, via })
      if (use.kind === 'cohort' && !seen.has(use.key)) {
        seen.add(use.key)
        ask.push({ cohort: use.key, via: use.key })
      }
    }
  }
  return touched
}
