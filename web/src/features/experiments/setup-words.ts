import type { ExperimentSetup } from '@assay/server/contract'
import { count, percent, plural } from '../../ui/format.ts'
import { modes } from './modes.ts'

/** The fields of a set-up alone, out of an experiment that has more. */
export function setupOf(experiment: ExperimentSetup): ExperimentSetup {
  const { flag, environment, unitType, assignment, arms, control, coverage, mode, plannedUnits, plannedDays, minDays, alpha, power } = experiment
  return { flag, environment, unitType, assignment, arms, control, coverage, mode, plannedUnits, plannedDays, minDays, alpha, power }
}

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

/** What starting seals, in a few lines that a person can check. */
export function sealedLines(setup: ExperimentSetup, hypothesis: string): string[] {
  const size = [setup.plannedUnits === null ? null : `${count(setup.plannedUnits)} people`, setup.plannedDays === null ? null : plural(setup.plannedDays, 'day')].filter((part) => part !== null)
  return [
    `The text of ${hypothesis}, with its metrics, limits and cohort as they are now`,
    `${setup.flag} in ${setup.environment}: ${setup.arms.map((arm) => `${arm.variant} ${percent(arm.weight / setup.arms.reduce((sum, other) => sum + other.weight, 0))}`).join(', ')}; control is ${setup.control}`,
    setup.assignment === 'external' ? 'Whom the service records as exposed takes part; Assay assigns nobody' : `${percent(setup.coverage)} of the audience takes part, by ${setup.unitType}`,
    `Read ${modes[setup.mode].name.toLowerCase()}, ${size.length === 0 ? 'open-ended' : `planned for ${size.join(' or ')}`}, at least ${plural(setup.minDays, 'day')}`,
  ]
}
