import type { ExperimentSetup } from '@assay/server/contract'
import { count, percent, plural } from '../format.ts'
import { modes } from './modes.ts'

/** The fields of a set-up alone, out of an experiment that has more. */
export function setupOf(experiment: ExperimentSetup): ExperimentSetup {
  const { flag, environment, unitType, assignment, arms, control, coverage, mode, plannedUnits, plannedDays, minDays, alpha, power } = experiment
  return { flag, environment, unitType, assignment, arms, control, coverage, mode, plannedUnits, plannedDays, minDays, alpha, power }
}

/** Fields that two people may edit at the same time, in the order of the forms, as they are called there. */
export const setupFields: Readonly<Record<keyof ExperimentSetup, string>> = {
  flag: 'Flag', environment: 'Environment', unitType: 'Unit', assignment: 'Assignment', arms: 'Variants', control: 'Control', coverage: 'Share admitted', mode: 'How it is read',
  plannedUnits: 'Planned people', plannedDays: 'Planned duration', minDays: 'Shortest duration', alpha: 'Chance of a false alarm', power: 'Chance to see the effect',
}

export const setupFieldNames = Object.keys(setupFields) as (keyof ExperimentSetup)[]

const words: { readonly [F in keyof ExperimentSetup]: (value: ExperimentSetup[F]) => string } = {
  flag: String,
  environment: String,
  unitType: String,
  assignment: (value) => (value === 'internal' ? 'By Assay' : 'Outside Assay'),
  arms: armWords,
  control: String,
  coverage: (value) => percent(value),
  mode: (value) => modes[value].name,
  plannedUnits: (value) => (value === null ? 'not planned' : count(value)),
  plannedDays: (value) => (value === null ? 'not planned' : plural(value, 'day')),
  minDays: (value) => plural(value, 'day'),
  alpha: (value) => percent(value),
  power: (value) => percent(value),
}

/** One field of a set-up as people say it. */
export function setupWords<F extends keyof ExperimentSetup>(setup: ExperimentSetup, field: F): string {
  return words[field](setup[field])
}

/** `control 1 : express 1` */
function armWords(arms: ExperimentSetup['arms']): string {
  return arms.map((arm) => `${arm.variant} ${arm.weight}`).join(' : ')
}
