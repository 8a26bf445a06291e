import type { ExperimentDetail } from '@assay/server/contract'
import { count, dateTime, percent } from '../../ui/format.ts'
import type { ArmValue } from './setup-values.ts'

type Running = Pick<ExperimentDetail, 'coverage' | 'plan' | 'people' | 'control' | 'phase' | 'nextStep' | 'mode' | 'plannedUnits' | 'plannedDays' | 'assignment' | 'startedAt'>

/** Whether more people meet it than ever before, as far as is known. */
export function shareRises({ coverage, plan }: Pick<Running, 'coverage' | 'plan'>, next: number): boolean {
  return next > Math.max(coverage, plan?.coverage ?? 0)
}

/** What keeps a share from being written, in words. */
export function shareProblem({ coverage }: Pick<Running, 'coverage'>, next: number | null): string | null {
  if (next === null || next <= 0 || next > 1) return 'Between 0% and 100%.'
  return next === coverage ? `It admits ${percent(coverage)} now.` : null
}

/** What another share does to people and to the answer. */
export function shareNotes(running: Running, next: number | null): string[] {
  const { coverage, people, nextStep } = running
  const planned = nextStep ? [`The planned step to ${percent(nextStep.coverage)} on ${dateTime(nextStep.at)} is no longer taken: the share is in your hands from now on.`] : []
  if (next === null || next === coverage) return planned
  if (next > coverage) return ['Whoever is in it keeps their variant; the others come in by the same weights.', 'The split, the looks and the verdict go on: the same phase.', ...planned]
  return [
    `Whoever is no longer admitted is served as if there were no experiment.${people > 0 ? ` All ${count(people)} people who met it so far stay in the analysis, as they were assigned.` : ' Whoever met it before stays in the analysis, as they were assigned.'}`,
    'Effects read smaller than they are where many of them no longer meet the change.',
    ...planned,
  ]
}

export function armsNotes({ people, phase, assignment }: Running): string[] {
  return [
    assignment === 'external' ? 'The service that assigns has to send the new phase with its exposures.' : 'Everybody is divided anew, under a new salt: many people meet another variant than until now.',
    `Phase ${phase} ends${people > 0 ? ` with ${count(people)} people` : ''}. Its numbers stay on this page, and count no more for the verdict.`,
    'The new phase has a plan of its own, sealed with this; hypothesis, metrics and rules stay as they were registered.',
  ]
}

/** What keeps arms from being written, in words. */
export function armsProblem({ control }: Pick<Running, 'control'>, arms: readonly ArmValue[]): string | null {
  const taking = arms.filter((arm) => arm.takesPart)
  if (!taking.some((arm) => arm.variant === control)) return `${control} is control: it has to take part.`
  if (taking.length < 2) return 'Choose what is compared with control.'
  return taking.some((arm) => arm.weight === '' || arm.weight <= 0) ? 'Give every variant a weight above zero.' : null
}

export function extendNotes({ mode }: Pick<Running, 'mode'>): string[] {
  return mode === 'always_valid'
    ? ['It is read by the always-valid rule already: its error rate holds however long it runs.']
    : ['A size that is chosen after people have seen data breaks the error rate of the sealed rule. From now on the always-valid rule reads it, tuned as it was sealed.', 'That rule needs a larger effect, or more people, for the same answer.']
}

export function resumeNotes({ control, assignment, people }: Running): string[] {
  if (assignment === 'external') return ['Exposures are counted again from now on, in the same phase.']
  return [
    'Everybody returns to the variant they had: the same phase, the same salt.',
    `While it was stopped everybody got ${control}${people > 0 ? `; all ${count(people)} people so far stay in the analysis, that time included` : ''}.`,
    'Planned steps of the share are no longer taken by themselves.',
  ]
}
