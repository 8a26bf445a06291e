import type { Plan, PlanMetric } from '@assay/server/contract'
import { goal } from '../../ui/effect-format.ts'
import { count, percent, plural } from '../../ui/format.ts'
import { conditionText } from '../../ui/condition/describe-condition.ts'
import { operatorWords } from '../../ui/metric-dialog/metric-words.ts'
import { modes } from '../../ui/plan/modes.ts'
import { layerWords } from '../../ui/plan/setup-words.ts'

export interface PlanRow {
  label: string
  value: string
  /** A key or code, set in mono. */
  code?: true
}

export interface PlanSection {
  title: string
  rows: PlanRow[]
}

/** Every field of a sealed plan in words, in the order people ask for them. */
export function planSections(plan: Plan): PlanSection[] {
  const { draft } = plan.hypothesis
  return [
    {
      title: 'What is believed',
      rows: [
        { label: 'Hypothesis', value: `${plan.hypothesis.key}, ${draft.title}` },
        { label: 'Change', value: words(draft.change) },
        { label: 'For', value: words(draft.audience) },
        { label: 'Because', value: words(draft.because) },
        { label: 'Deciding metric', value: words(draft.primaryMetric) },
        { label: 'Direction', value: draft.direction },
        { label: 'Effect worth having', value: goal(draft.direction === 'increase' ? plan.minimumEffect : -plan.minimumEffect) },
        ...writtenDown('Effect, as written down', effect(draft.minimumEffect), effect(plan.minimumEffect)),
        { label: 'Explaining metrics', value: words(draft.secondaryMetrics.join(', ')) },
        ...writtenDown('Limits, as written down', guardrails(draft.guardrails), guardrails(plan.guardrails)),
        ...writtenDown('Cohort, as written down', words(draft.cohort), words(plan.cohort?.key ?? null)),
        { label: 'Wrong if', value: words(draft.wrongIf) },
        { label: 'Way back', value: words(draft.rollbackPlan) },
        { label: 'Largest exposure', value: draft.maxExposure === null ? 'none' : percent(draft.maxExposure) },
        { label: 'Longest duration', value: draft.maxDays === null ? 'none' : plural(draft.maxDays, 'day') },
        { label: 'Decider', value: words(draft.decider) },
      ],
    },
    {
      title: 'Who meets what',
      rows: [
        { label: 'Experiment', value: `${plan.experiment}, phase ${plan.phase}` },
        { label: 'Flag', value: plan.flag, code: true },
        { label: 'Environment', value: plan.environment },
        { label: 'Unit', value: plan.unitType },
        { label: 'Assignment', value: plan.assignment === 'internal' ? 'By Assay, with a rule on the flag' : 'Outside Assay, recorded by the service' },
        { label: 'Variants', value: plan.arms.map((arm) => `${arm.variant} ${arm.weight}`).join(' : ') },
        { label: 'Control', value: plan.control },
        { label: 'Share admitted', value: percent(plan.coverage) },
        ...(plan.coverageSteps ? [{ label: 'Planned steps', value: stepWords(plan.coverageSteps) }] : []),
        ...(plan.layer ? [{ label: 'Layer', value: layerWords(plan.layer) }] : []),
        { label: 'Cohort', value: plan.cohort === null ? 'Everyone' : `${plan.cohort.key}, revision ${plan.cohort.revision}` },
        ...(plan.cohort === null ? [] : [{ label: 'Cohort, defined as', value: cohortWords(plan.cohort.definition) }]),
        ...(plan.bots ? [{ label: 'Bots, left out', value: botWords(plan.bots) }] : []),
        { label: 'Salt', value: plan.salt, code: true },
      ],
    },
    {
      title: 'What is measured',
      rows: [
        ...plan.metrics.map((metric) => ({ label: roles[metric.role], value: metricWords(metric) })),
        { label: 'Limits', value: guardrails(plan.guardrails) },
      ],
    },
    {
      title: 'How it is read',
      rows: [
        { label: 'Mode', value: `${modes[plan.mode].name} (${plan.mode.replace('_', ' ')})` },
        { label: 'Planned people', value: plan.plannedUnits === null ? 'not planned' : count(plan.plannedUnits) },
        { label: 'Planned duration', value: plan.plannedDays === null ? 'not planned' : plural(plan.plannedDays, 'day') },
        { label: 'Shortest duration', value: plural(plan.minDays, 'day') },
        { label: 'Chance of a false alarm', value: percent(plan.alpha) },
        { label: 'Chance to see the effect', value: percent(plan.power) },
        { label: 'Adjusted by', value: plan.cupedDays ? `what each person did in the ${plural(plan.cupedDays, 'day')} before` : 'nothing' },
        ...(plan.spending ? [{ label: 'Early looks count', value: plan.spending === 'quadratic' ? 'more evenly' : 'little, mostly the end' }] : []),
        ...(plan.tunedUnits === undefined ? [] : [{ label: 'Narrowest at', value: `${count(plan.tunedUnits)} people` }]),
        { label: 'Engine version', value: plan.engineVersion, code: true },
        { label: 'Form of the plan', value: `schema ${plan.schema}` },
      ],
    },
  ]
}

const roles: Record<PlanMetric['role'], string> = { primary: 'Decides', guardrail: 'Must not get worse', secondary: 'Explains' }

function metricWords(metric: PlanMetric): string {
  const what = metric.type === 'conversion' ? `share of people with ${metric.event}` : `sum of ${metric.event} per person${metric.unitLabel === '' ? '' : ` in ${metric.unitLabel}`}`
  const window = metric.windowHours === null ? 'until the end' : `within ${plural(metric.windowHours, 'hour')}`
  const margin = metric.role !== 'guardrail' ? '' : metric.margin === null ? ', no limit' : `, limit ${percent(metric.margin)}`
  return `${metric.name} (${metric.key}, revision ${metric.revision}): ${what}, ${window}, should ${metric.direction}${margin}`
}

/** What the hypothesis says, where the plan that was made of it says something else. */
function writtenDown(label: string, written: string, planned: string): PlanRow[] {
  return written === planned ? [] : [{ label, value: written }]
}

function cohortWords({ unit, when, included, excluded }: NonNullable<Plan['cohort']>['definition']): string {
  const lists = [included.length === 0 ? '' : `, and ${included.join(', ')}`, excluded.length === 0 ? '' : `, but not ${excluded.join(', ')}`].join('')
  return `by ${unit}: ${when === null ? (included.length === 0 ? 'everyone' : 'the people listed') : conditionText(when)}${lists}`
}

function stepWords(steps: NonNullable<Plan['coverageSteps']>): string {
  return steps.map(({ afterDays, coverage }) => `${percent(coverage)} after ${plural(afterDays, 'day')}`).join(', ')
}

function botWords(bots: NonNullable<Plan['bots']>): string {
  return bots.map(({ property, op, values }) => `${property} ${operatorWords[op]}${values.length === 0 ? '' : ` ${values.join(', ')}`}`).join('; or ')
}

function effect(share: number | null): string {
  return share === null ? 'none' : percent(share)
}

function guardrails(all: Plan['guardrails']): string {
  return all.length === 0 ? 'none' : all.map(({ metric, margin }) => `${metric} ${margin === null ? 'no limit' : percent(margin)}`).join(', ')
}

function words(value: string | null): string {
  return value === null || value === '' ? 'none' : value
}
