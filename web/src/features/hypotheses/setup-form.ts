import type { ExperimentSetup, FlagSummary, Metric } from '@assay/server/contract'
import { rangeProblem } from '../../ui/layer/layer-range.ts'
import { admittedShare } from '../../ui/plan/admitted-share.ts'
import { extraProblems, fromExtras, proposedExtras, toExtras, type PlanExtras } from '../../ui/plan/plan-extras.ts'
import { numberOf, percentToShare, shareToPercent, type Typed } from './draft-form.ts'

/** Who meets a change, as it is typed. Without a flag an engineer fills it in later. */
export interface SetupForm extends PlanExtras {
  flag: string | null
  environment: string
  unitType: string
  assignment: ExperimentSetup['assignment']
  arms: { variant: string; weight: Typed; included: boolean }[]
  control: string | null
  coverage: Typed
  /** Left out of the setup while people are assigned elsewhere. */
  layer?: ExperimentSetup['layer']
  mode: ExperimentSetup['mode']
  plannedUnits: Typed
  plannedDays: Typed
  minDays: Typed
  alpha: number
  power: number
}

/** A setup before anybody chose: two weeks are proposed, a week at least. */
export function emptySetup(environment: string, unitType: string): SetupForm {
  return { flag: null, environment, unitType, assignment: 'internal', arms: [], control: null, coverage: 100, mode: 'group_sequential', plannedUnits: '', plannedDays: 14, minDays: 7, alpha: 0.05, power: 0.8, ...proposedExtras }
}

export function setupToForm(setup: ExperimentSetup, variants: readonly string[]): SetupForm {
  const { flag, environment, unitType, assignment, control, layer, mode, alpha, power, minDays } = setup
  const weights = new Map(setup.arms.map((arm) => [arm.variant, arm.weight]))
  return {
    flag, environment, unitType, assignment, control, mode, alpha, power, minDays,
    ...(layer ? { layer } : {}),
    ...toExtras(setup),
    arms: [...new Set([...weights.keys(), ...variants])].map((variant) => ({ variant, weight: weights.get(variant) ?? 1, included: weights.has(variant) })),
    coverage: shareToPercent(setup.coverage),
    plannedUnits: setup.plannedUnits ?? '',
    plannedDays: setup.plannedDays ?? '',
  }
}

/** The setup of a form; null while a flag, two arms, control or a plan of size is missing. */
export function formToSetup(form: SetupForm): ExperimentSetup | null {
  const { flag, environment, unitType, assignment, control, layer, mode, alpha, power } = form
  const arms = form.arms.filter((arm) => arm.included).map(({ variant, weight }) => ({ variant, weight: numberOf(weight) ?? 0 }))
  const coverage = percentToShare(form.coverage)
  if (flag === null || control === null || coverage === null || setupProblems(form).length > 0) return null
  return { flag, environment, unitType, assignment, arms, control, coverage, ...(layer && assignment === 'internal' ? { layer } : {}), mode, plannedUnits: numberOf(form.plannedUnits), plannedDays: numberOf(form.plannedDays), minDays: numberOf(form.minDays) ?? 0, alpha, power, ...fromExtras(form, { mode, assignment }) }
}

/** What is still to be said before the exposure can be drafted, in words. Nothing is asked while no flag is chosen. */
export function setupProblems(form: SetupForm): string[] {
  if (form.flag === null) return []
  const arms = form.arms.filter((arm) => arm.included)
  const units = numberOf(form.plannedUnits)
  const days = numberOf(form.plannedDays)
  const coverage = numberOf(form.coverage)
  const part = form.layer && form.assignment === 'internal' ? rangeProblem(form.layer) : null
  return [
    ...(arms.length < 2 ? ['Choose two variants at least: one of them is control.'] : []),
    ...(arms.some((arm) => !((numberOf(arm.weight) ?? 0) > 0)) ? ['Give every arm a weight above 0.'] : []),
    ...(form.control === null || !arms.some((arm) => arm.variant === form.control) ? ['Say which variant is control.'] : []),
    ...(coverage === null || coverage <= 0 || coverage > 100 ? ['Let between 0% and 100% of the audience in.'] : []),
    ...(part === null ? [] : [part]),
    ...(units !== null && (units < 2 || !Number.isInteger(units)) ? ['Plan a whole number of people, two at least.'] : []),
    ...(days !== null && (days < 1 || days > 365 || !Number.isInteger(days)) ? ['Plan between 1 and 365 days.'] : []),
    ...(form.mode !== 'always_valid' && units === null && days === null ? ['Plan how many people or how many days.'] : []),
    ...Object.values(extraProblems(form, coverage, form.assignment)),
  ]
}

/** The form once a flag is chosen: all its variants are arms, and what it serves while off is control. */
export function withFlag(form: SetupForm, flag: FlagSummary | undefined): SetupForm {
  if (!flag) return { ...form, flag: null, arms: [], control: null }
  const keys = flag.variants.map((variant) => variant.key)
  const off = flag.environments.find(({ environment }) => environment === form.environment)?.offVariant ?? null
  const control = [off, 'control', 'off'].find((key) => key !== null && keys.includes(key)) ?? keys[0] ?? null
  // Control first: it is the first series everywhere.
  const ordered = [...keys.filter((key) => key === control), ...keys.filter((key) => key !== control)]
  return { ...form, flag: flag.key, arms: ordered.map((variant) => ({ variant, weight: 1, included: true })), control }
}

/** Share of the audience that meets something other than control, once all planned steps are taken. */
export function treatedShare(form: SetupForm): number {
  if (form.assignment === 'external') return 0
  const coverage = Math.max(numberOf(form.coverage) ?? 0, ...form.steps.map((step) => numberOf(step.coverage) ?? 0))
  const arms = form.arms.filter((arm) => arm.included)
  const sum = arms.reduce((total, arm) => total + (numberOf(arm.weight) ?? 0), 0)
  const treated = arms.filter((arm) => arm.variant !== form.control).reduce((total, arm) => total + (numberOf(arm.weight) ?? 0), 0)
  return sum === 0 ? 0 : (treated / sum) * admittedBy({ ...form, coverage })
}

/** Share of the audience that takes part; none while that is not a number. */
export function admittedBy({ coverage, assignment, layer }: SetupForm): number {
  return admittedShare({ coverage: percentToShare(coverage) ?? 0, layer: assignment === 'internal' ? layer : undefined })
}

/** Planned looks need a closed window: with an open one nobody is ever finished. */
export function proposedMode(metric: Pick<Metric, 'windowHours'> | undefined, planned: boolean): ExperimentSetup['mode'] {
  if (!planned) return 'always_valid'
  return metric && metric.windowHours === null ? 'fixed' : 'group_sequential'
}
