import type { ExperimentSetup, Hypothesis, HypothesisDraft } from '@assay/server/contract'
import { percent, plural } from '../../ui/format.ts'
import type { Names } from './believe-sentence.ts'
import { modeWords } from './mode-words.ts'

type Shown<T> = { [K in keyof T & string]: { label: string; show: (value: T, names: Names) => string } }

/** Each field of a plan as it is called, and its value in words: for two versions side by side. */
export const draftWords: Shown<HypothesisDraft> = {
  title: { label: 'Name', show: ({ title }) => title },
  change: { label: 'Change', show: ({ change }) => said(change) },
  audience: { label: 'Audience', show: ({ audience }) => said(audience) },
  cohort: { label: 'Cohort', show: ({ cohort }, names) => (cohort === null ? 'everybody' : names.cohort(cohort)) },
  because: { label: 'Because', show: ({ because }) => said(because) },
  primaryMetric: { label: 'Deciding metric', show: ({ primaryMetric }, names) => (primaryMetric === null ? 'open' : names.metric(primaryMetric)) },
  direction: { label: 'Direction', show: ({ direction }) => (direction === 'increase' ? 'raise' : 'lower') },
  minimumEffect: { label: 'Smallest effect', show: ({ minimumEffect }) => (minimumEffect === null ? 'open' : percent(minimumEffect)) },
  guardrails: { label: 'Guardrails', show: ({ guardrails }, names) => (guardrails.length === 0 ? 'none' : guardrails.map(({ metric, margin }) => `${names.metric(metric)}${margin === null ? '' : ` by ${percent(margin)}`}`).join(', ')) },
  secondaryMetrics: { label: 'Explaining metrics', show: ({ secondaryMetrics }, names) => (secondaryMetrics.length === 0 ? 'none' : secondaryMetrics.map(names.metric).join(', ')) },
  wrongIf: { label: 'Wrong if', show: ({ wrongIf }) => said(wrongIf) },
  rollbackPlan: { label: 'Way back', show: ({ rollbackPlan }) => said(rollbackPlan) },
  maxExposure: { label: 'Most people', show: ({ maxExposure }) => (maxExposure === null ? 'open' : percent(maxExposure)) },
  maxDays: { label: 'Most days', show: ({ maxDays }) => (maxDays === null ? 'open' : plural(maxDays, 'day')) },
  decider: { label: 'Decider', show: ({ decider }) => said(decider) },
}

/** The same for the exposure of a drafted experiment. */
export const setupWords: Shown<ExperimentSetup> = {
  flag: { label: 'Flag', show: ({ flag }) => flag },
  environment: { label: 'Environment', show: ({ environment }) => environment },
  unitType: { label: 'Unit type', show: ({ unitType }) => unitType },
  assignment: { label: 'Assigned by', show: ({ assignment }) => (assignment === 'internal' ? 'Assay' : 'the service') },
  arms: { label: 'Arms', show: ({ arms }) => arms.map(({ variant, weight }) => `${variant} ${weight}`).join(' : ') },
  control: { label: 'Control', show: ({ control }) => control },
  coverage: { label: 'Let in', show: ({ coverage }) => percent(coverage) },
  mode: { label: 'Read', show: ({ mode }) => modeWords[mode].name.toLowerCase() },
  plannedUnits: { label: 'Planned people', show: ({ plannedUnits }) => (plannedUnits === null ? 'open' : plural(plannedUnits, 'person', 'people')) },
  plannedDays: { label: 'Planned days', show: ({ plannedDays }) => (plannedDays === null ? 'open' : plural(plannedDays, 'day')) },
  minDays: { label: 'Fewest days', show: ({ minDays }) => plural(minDays, 'day') },
  alpha: { label: 'Level', show: ({ alpha }) => percent(alpha) },
  power: { label: 'Power', show: ({ power }) => percent(power) },
}

/** Fields in the order of the words. */
export const draftFields = Object.keys(draftWords) as (keyof HypothesisDraft)[]
export const setupFields = Object.keys(setupWords) as (keyof ExperimentSetup)[]

/** The part of a hypothesis that people edit. */
export function draftOf(hypothesis: Hypothesis): HypothesisDraft {
  const { title, change, audience, cohort, because, primaryMetric, direction, minimumEffect, guardrails, secondaryMetrics, wrongIf, rollbackPlan, maxExposure, maxDays, decider } = hypothesis
  return { title, change, audience, cohort, because, primaryMetric, direction, minimumEffect, guardrails, secondaryMetrics, wrongIf, rollbackPlan, maxExposure, maxDays, decider }
}

/** The part of an experiment that its draft fixes. */
export function setupOf(experiment: ExperimentSetup): ExperimentSetup {
  const { flag, environment, unitType, assignment, arms, control, coverage, mode, plannedUnits, plannedDays, minDays, alpha, power } = experiment
  return { flag, environment, unitType, assignment, arms, control, coverage, mode, plannedUnits, plannedDays, minDays, alpha, power }
}

function said(text: string): string {
  return text === '' ? 'open' : text
}
