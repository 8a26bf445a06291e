import type { ExperimentSetup } from '../contract/experiments.ts'

/** `off 1 : on 3` */
export function armWords(arms: ExperimentSetup['arms']): string {
  return arms.map(({ variant, weight }) => `${variant} ${weight}`).join(' : ')
}

/** `12.5%` */
export function shareWords(share: number): string {
  return `${Number((share * 100).toPrecision(3))}%`
}
