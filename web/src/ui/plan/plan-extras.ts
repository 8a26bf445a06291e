import type { ExperimentSetup } from '@assay/server/contract'

/** A planned step of the share, as it is typed: percent, after so many days. */
export interface StepValue {
  afterDays: number | string
  coverage: number | string
}

/** What a set-up says beyond who meets what, and when it is read, as forms hold it. */
export interface PlanExtras {
  /** Days before the first exposure that adjust estimates; empty for none. */
  cupedDays: number | string
  spending: 'obf' | 'quadratic'
  tunedUnits: number | string
  steps: StepValue[]
}

/** Of a new set-up: two weeks before adjust, the rest as the engine proposes. */
export const proposedExtras: PlanExtras = { cupedDays: 14, spending: 'obf', tunedUnits: '', steps: [] }

export function toExtras({ cupedDays, spending, tunedUnits, coverageSteps = [] }: ExperimentSetup): PlanExtras {
  return {
    cupedDays: cupedDays ?? '',
    spending: spending ?? 'obf',
    tunedUnits: tunedUnits ?? '',
    steps: coverageSteps.map(({ afterDays, coverage }) => ({ afterDays, coverage: Number((coverage * 100).toPrecision(10)) })),
  }
}

/** The part of a set-up: what does not go with its mode, or with who assigns, is left out. */
export function fromExtras({ cupedDays, spending, tunedUnits, steps }: PlanExtras, { mode, assignment }: Pick<ExperimentSetup, 'mode' | 'assignment'>): Pick<ExperimentSetup, 'cupedDays' | 'spending' | 'tunedUnits' | 'coverageSteps'> {
  return {
    ...(numeric(cupedDays) === null ? {} : { cupedDays: numeric(cupedDays) }),
    ...(mode === 'group_sequential' && spending === 'quadratic' ? { spending } : {}),
    ...tuned(tunedUnits),
    ...(assignment === 'internal' && steps.length > 0 ? { coverageSteps: steps.map(({ afterDays, coverage }) => ({ afterDays: numeric(afterDays) ?? 0, coverage: Number(((numeric(coverage) ?? 0) / 100).toPrecision(10)) })) } : {}),
  }
}

export type ExtraErrors = Partial<Record<'cupedDays' | 'tunedUnits' | 'steps', string>>

/** What stands in the way, by field. `coverage` is the share at the start, in percent. */
export function extraProblems(extras: PlanExtras, coverage: number | null, assignment: ExperimentSetup['assignment']): ExtraErrors {
  const days = numeric(extras.cupedDays)
  const units = numeric(extras.tunedUnits)
  const steps = assignment === 'internal' ? stepProblem(extras.steps, coverage) : null
  return {
    ...(days !== null && !(Number.isInteger(days) && days >= 1 && days <= 90) ? { cupedDays: 'Between 1 and 90 days.' } : {}),
    ...(units !== null && !(Number.isInteger(units) && units >= 2) ? { tunedUnits: 'At least two people.' } : {}),
    ...(steps === null ? {} : { steps }),
  }
}

function stepProblem(steps: readonly StepValue[], coverage: number | null): string | null {
  let before = { afterDays: 0, coverage: coverage ?? 0 }
  for (const step of steps) {
    const next = { afterDays: numeric(step.afterDays), coverage: numeric(step.coverage) }
    if (next.afterDays === null || !Number.isInteger(next.afterDays) || next.afterDays < 1 || next.afterDays > 365) return 'Say after how many whole days each step is taken.'
    if (next.coverage === null || next.coverage > 100) return 'Say how many are admitted after each step, up to 100%.'
    if (next.coverage <= before.coverage) return 'Every step admits more than before it.'
    if (next.afterDays <= before.afterDays) return 'Every step is later than the one before it.'
    before = { afterDays: next.afterDays, coverage: next.coverage }
  }
  return null
}

function tuned(typed: number | string): Pick<ExperimentSetup, 'tunedUnits'> {
  const units = numeric(typed)
  return units === null ? {} : { tunedUnits: units }
}

function numeric(typed: number | string): number | null {
  const value = typeof typed === 'number' ? typed : Number(typed)
  return typed === '' || !Number.isFinite(value) ? null : value
}
