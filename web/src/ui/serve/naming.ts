import type { CohortName } from '../condition/describe-condition.ts'

/** How the keys in a flag's configuration read: names of variants and cohorts, and the colour of each variant. */
export interface Naming {
  variant: (key: string) => string
  /** Index of the series colour: the flag's first variant is always 0. */
  series: (key: string) => number
  cohort: CohortName
}

interface Named {
  key: string
  name?: string
}

export function namingOf(variants: readonly Named[], cohorts: readonly Named[] = []): Naming {
  const variantNames = new Map(variants.map(({ key, name }) => [key, name ?? key]))
  const cohortNames = new Map(cohorts.map(({ key, name }) => [key, name ?? key]))
  const order = variants.map(({ key }) => key)
  return {
    variant: (key) => variantNames.get(key) ?? key,
    series: (key) => Math.max(0, order.indexOf(key)),
    cohort: (key) => cohortNames.get(key) ?? key,
  }
}
