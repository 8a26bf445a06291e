import type { ExperimentSetup, FlagSummary } from '@assay/server/contract'
import { rangeProblem } from '../../ui/layer/layer-range.ts'
import { admittedShare } from '../../ui/plan/admitted-share.ts'
import { extraProblems, fromExtras, toExtras, type PlanExtras } from '../../ui/plan/plan-extras.ts'

/** An arm as it is edited: every variant of the flag is offered, some take part. */
export interface ArmValue {
  variant: string
  takesPart: boolean
  weight: number | ''
}

/** The set-up as a form holds it: empty fields are empty, shares are percentages. */
export interface SetupValues extends PlanExtras {
  flag: string
  environment: string
  unitType: string
  assignment: ExperimentSetup['assignment']
  arms: ArmValue[]
  control: string
  coverage: number | ''
  /** Left out of the set-up while people are assigned elsewhere. */
  layer?: ExperimentSetup['layer']
  mode: ExperimentSetup['mode']
  plannedUnits: number | ''
  plannedDays: number | ''
  minDays: number | ''
  alpha: number | ''
  power: number | ''
}

/** Fills a form from a set-up; `variants` are those of its flag. */
export function toValues(setup: ExperimentSetup, variants: readonly string[]): SetupValues {
  const { flag, environment, unitType, assignment, control, layer, mode, minDays } = setup
  return {
    flag, environment, unitType, assignment, control, mode, minDays, ...(layer ? { layer } : {}),
    ...toExtras(setup),
    arms: armValues(setup.arms, variants),
    coverage: percentOf(setup.coverage),
    plannedUnits: setup.plannedUnits ?? '',
    plannedDays: setup.plannedDays ?? '',
    alpha: percentOf(setup.alpha),
    power: percentOf(setup.power),
  }
}

/** Variants of a flag to choose arms from. Arms that the flag no longer has stay visible, so that they can be taken out. */
export function armValues(arms: ExperimentSetup['arms'], variants: readonly string[]): ArmValue[] {
  const known = [...variants, ...arms.map((arm) => arm.variant).filter((variant) => !variants.includes(variant))]
  return known.map((variant) => {
    const arm = arms.find((other) => other.variant === variant)
    return { variant, takesPart: arm !== undefined, weight: arm?.weight ?? 1 }
  })
}

/** The arms that take part. */
export function chosenArms(arms: readonly ArmValue[]): ExperimentSetup['arms'] {
  return arms.filter((arm) => arm.takesPart).map(({ variant, weight }) => ({ variant, weight: weight === '' ? 0 : weight }))
}

/** Another flag: its first two variants take part evenly, and the first is control. */
export function withFlag(values: SetupValues, flag: Pick<FlagSummary, 'key' | 'variants'>): SetupValues {
  const variants = flag.variants.map((variant) => variant.key)
  return { ...values, flag: flag.key, arms: armValues(variants.slice(0, 2).map((variant) => ({ variant, weight: 1 })), variants), control: variants[0] ?? '' }
}

/** The set-up that a form stands for, or null while a number is missing. */
export function toSetup(values: SetupValues): ExperimentSetup | null {
  const arms = chosenArms(values.arms)
  const { coverage, minDays, alpha, power } = values
  if (coverage === '' || minDays === '' || alpha === '' || power === '') return null
  const { flag, environment, unitType, assignment, control, layer, mode, plannedUnits, plannedDays } = values
  return {
    flag, environment, unitType, assignment, arms, control, coverage: shareOf(coverage), ...(layer && assignment === 'internal' ? { layer } : {}), mode,
    plannedUnits: plannedUnits === '' ? null : plannedUnits, plannedDays: plannedDays === '' ? null : plannedDays, minDays, alpha: shareOf(alpha), power: shareOf(power), ...fromExtras(values, { mode, assignment }),
  }
}

export type SetupErrors = Partial<Record<string, string>>

/** What stands in the way of saving, by field, in the words of the form. The server says the rest. */
export function setupErrors(values: SetupValues): SetupErrors {
  const taking = values.arms.filter((arm) => arm.takesPart)
  const errors: SetupErrors = {}
  if (values.flag === '') errors['flag'] = 'Choose the flag that serves the change.'
  if (taking.length < 2) errors['arms'] = 'Choose at least two variants: control and what is compared with it.'
  else if (taking.some((arm) => arm.weight === '' || arm.weight <= 0)) errors['arms'] = 'Give every variant a weight above zero.'
  else if (!taking.some((arm) => arm.variant === values.control)) errors['arms'] = 'Say which of the variants is control.'
  if (!within(values.coverage, 0, 100)) errors['coverage'] = 'Between 0% and 100%.'
  const part = values.layer && values.assignment === 'internal' ? rangeProblem(values.layer) : null
  if (part !== null) errors['layer'] = part
  if (!within(values.minDays, 0, 365)) errors['minDays'] = 'Between 0 and 365 days.'
  if (values.alpha === '' || values.alpha <= 0 || values.alpha >= 50) errors['alpha'] = 'Above 0% and below 50%.'
  if (values.power === '' || values.power <= 50 || values.power >= 100) errors['power'] = 'Above 50% and below 100%.'
  if (values.plannedUnits !== '' && values.plannedUnits < 2) errors['plannedUnits'] = 'At least two people.'
  if (values.plannedDays !== '' && !within(values.plannedDays, 1, 365)) errors['plannedDays'] = 'Between 1 and 365 days.'
  if (values.mode !== 'always_valid' && values.plannedUnits === '' && values.plannedDays === '') errors['plannedUnits'] = 'Plan how many people or how many days, or choose a plan that may be read at any time.'
  return { ...errors, ...extraProblems(values, values.coverage === '' ? null : values.coverage, values.assignment) }
}

/** Share of the audience that meets something else than control, once all planned steps are taken. */
export function treatmentShare(setup: Pick<ExperimentSetup, 'arms' | 'control' | 'coverage' | 'layer' | 'coverageSteps'>): number {
  const coverage = Math.max(setup.coverage, ...(setup.coverageSteps ?? []).map((step) => step.coverage))
  const all = setup.arms.reduce((sum, arm) => sum + arm.weight, 0)
  const treated = setup.arms.filter((arm) => arm.variant !== setup.control).reduce((sum, arm) => sum + arm.weight, 0)
  return all === 0 ? 0 : (treated / all) * admittedShare({ ...setup, coverage })
}

function within(value: number | '', low: number, high: number): boolean {
  return value !== '' && value >= low && value <= high
}

function percentOf(share: number): number {
  return Number((share * 100).toPrecision(10))
}

function shareOf(percent: number): number {
  return Number((percent / 100).toPrecision(10))
}
