import type { ExperimentSetup } from '@assay/server/contract'
import { count, percent, plural } from '../../ui/format.ts'
import { modes } from '../../ui/plan/modes.ts'
import { layerText } from '../../ui/serve/serve-words.ts'

/** What starting seals, in a few lines that a person can check. */
export function sealedLines(setup: ExperimentSetup, hypothesis: string): string[] {
  const size = [setup.plannedUnits === null ? null : `${count(setup.plannedUnits)} people`, setup.plannedDays === null ? null : plural(setup.plannedDays, 'day')].filter((part) => part !== null)
  return [
    `The text of ${hypothesis}, with its metrics, limits and cohort as they are now`,
    `${setup.flag} in ${setup.environment}: ${setup.arms.map((arm) => `${arm.variant} ${percent(arm.weight / setup.arms.reduce((sum, other) => sum + other.weight, 0))}`).join(', ')}; control is ${setup.control}`,
    setup.assignment === 'external' ? 'Whom the service records as exposed takes part; Assay assigns nobody' : `${percent(setup.coverage)} of ${setup.layer ? `those in ${layerText(setup.layer)} take` : 'the audience takes'} part, by ${setup.unitType}${stepWords(setup)}`,
    ...(setup.cupedDays ? [`Estimates are adjusted by what each person did in the ${plural(setup.cupedDays, 'day')} before`] : []),
    `Read ${modes[setup.mode].name.toLowerCase()}, ${size.length === 0 ? 'open-ended' : `planned for ${size.join(' or ')}`}, at least ${plural(setup.minDays, 'day')}`,
  ]
}

function stepWords({ coverageSteps = [] }: ExperimentSetup): string {
  return coverageSteps.map(({ afterDays, coverage }) => `, ${percent(coverage)} after ${plural(afterDays, 'day')}`).join('')
}
