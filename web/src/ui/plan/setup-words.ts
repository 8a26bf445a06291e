import type { ExperimentSetup } from '@assay/server/contract'
import { count, percent, plural } from '../format.ts'
import { rangeWords } from '../layer/layer-range.ts'
import { modes } from './modes.ts'

/** Fields that two people may edit at the same time, in the order of the forms, as they are called there. */
export const setupFields: Readonly<Record<keyof Required<ExperimentSetup>, string>> = {
  flag: 'Flag', environment: 'Environment', unitType: 'Unit', assignment: 'Assignment', arms: 'Variants', control: 'Control', coverage: 'Share admitted', layer: 'Layer', mode: 'How it is read',
  plannedUnits: 'Planned people', plannedDays: 'Planned duration', minDays: 'Shortest duration', alpha: 'Chance of a false alarm', power: 'Chance to see the effect',
  cupedDays: 'Days before that adjust', spending: 'How alpha is spent', tunedUnits: 'People it is narrowest for', coverageSteps: 'Steps of the share',
}

export const setupFieldNames = Object.keys(setupFields) as (keyof ExperimentSetup)[]

const words: Readonly<Record<keyof Required<ExperimentSetup>, (setup: ExperimentSetup) => string>> = {
  flag: ({ flag }) => flag,
  environment: ({ environment }) => environment,
  unitType: ({ unitType }) => unitType,
  assignment: ({ assignment }) => (assignment === 'internal' ? 'By Assay' : 'Outside Assay'),
  arms: ({ arms }) => armWords(arms),
  control: ({ control }) => control,
  coverage: ({ coverage }) => percent(coverage),
  layer: ({ layer }) => layerWords(layer),
  mode: ({ mode }) => modes[mode].name,
  plannedUnits: ({ plannedUnits }) => (plannedUnits === null ? 'not planned' : count(plannedUnits)),
  plannedDays: ({ plannedDays }) => (plannedDays === null ? 'not planned' : plural(plannedDays, 'day')),
  minDays: ({ minDays }) => plural(minDays, 'day'),
  alpha: ({ alpha }) => percent(alpha),
  power: ({ power }) => percent(power),
  cupedDays: ({ cupedDays }) => (cupedDays ? plural(cupedDays, 'day') : 'not adjusted'),
  spending: ({ spending }) => (spending === 'quadratic' ? 'evenly' : 'late'),
  tunedUnits: ({ tunedUnits }) => (tunedUnits === undefined ? 'the planned people' : count(tunedUnits)),
  coverageSteps: ({ coverageSteps = [] }) => (coverageSteps.length === 0 ? 'none' : coverageSteps.map(({ afterDays, coverage }) => `${percent(coverage)} after ${plural(afterDays, 'day')}`).join(', ')),
}

/** One field of a set-up as people say it. */
export function setupWords(setup: ExperimentSetup, field: keyof ExperimentSetup): string {
  return words[field](setup)
}

/** `checkout, 0% to 50%` */
export function layerWords(layer: ExperimentSetup['layer']): string {
  return layer ? `${layer.key}, ${rangeWords(layer)}` : 'in none'
}

/** `control 1 : express 1` */
function armWords(arms: ExperimentSetup['arms']): string {
  return arms.map((arm) => `${arm.variant} ${arm.weight}`).join(' : ')
}
