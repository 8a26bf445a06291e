import type { Analysis, ExperimentDetail, Plan } from '@assay/server/contract'
import { goal } from '../../../ui/effect-format.ts'
import { count, percent, plural } from '../../../ui/format.ts'
import { balanceOf } from '../balance.ts'
import { findingWords } from '../findings.ts'
import { forestGroups, sharedDomain, type ForestLine, type ForestMetric } from '../forest-groups.ts'

/** Rows of the chart that fit on a page beside everything else. */
const MOST_ROWS = 9
const MOST_DEVIATIONS = 4
const MOST_WARNINGS = 3

/** A text in at most so many characters, cut between words and marked. */
export function shortened(text: string, most: number): string {
  const whole = text.trim().replaceAll(/\s+/g, ' ')
  if (whole.length <= most) return whole
  const cut = whole.slice(0, most - 1)
  const space = cut.lastIndexOf(' ')
  return `${(space > most / 2 ? cut.slice(0, space) : cut).replace(/[,;:.]$/, '')}…`
}

/** What the experiment was to find out, as somebody outside would ask it. */
export function questionOf({ hypothesis: { draft }, minimumEffect, metrics }: Plan): string {
  const metric = metrics.find(({ role }) => role === 'primary')?.name ?? draft.primaryMetric
  return `Does the change ${draft.direction === 'increase' ? 'raise' : 'lower'} ${metric} by ${percent(minimumEffect)} or more?`
}

/** Arms in words: `control (50%), express (50%)`. */
export function armsWords({ arms, control }: Pick<Plan, 'arms' | 'control'>): string {
  const sum = arms.reduce((total, { weight }) => total + weight, 0)
  return arms.map(({ variant, weight }) => `${variant}${variant === control ? ', as it was' : ''} (${percent(weight / sum)})`).join('; ')
}

export function peopleWords({ arms, crossedUnits }: Analysis): string {
  const all = arms.reduce((sum, { n }) => sum + n, 0)
  const parts = arms.map(({ arm, n }) => `${arm} ${count(n)}`).join(', ')
  return `${count(all)}: ${parts}${crossedUnits === 0 ? '' : `; ${count(crossedUnits)} met two and are left out`}`
}

export interface ReportRow {
  metric: ForestMetric
  line: ForestLine
  /** The first of its metric. */
  first: boolean
}

export interface ReportRows {
  rows: ReportRow[]
  domain: [number, number]
  /** Rows that are left out. */
  more: number
}

/** The metrics in the order of what they are for, as far as a page has room. */
export function reportRows(analysis: Analysis, minimumEffect: number | null): ReportRows {
  const groups = forestGroups(analysis, minimumEffect, 'relative')
  const order = ['primary', 'guardrail', 'secondary']
  const all = groups
    .toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role))
    .flatMap(({ metrics }) => metrics.flatMap((metric) => metric.lines.map((line, i) => ({ metric, line, first: i === 0 }))))
  return { rows: all.slice(0, MOST_ROWS), domain: sharedDomain(groups), more: Math.max(0, all.length - MOST_ROWS) }
}

/** Whether the numbers can be believed, as sentences. */
export function healthWords(analysis: Analysis): string[] {
  const { label, words } = balanceOf(analysis)
  const warnings = analysis.verdict.warnings.map((warning) => findingWords(warning, analysis))
  const odd = (analysis.findings ?? []).length
  const rest = warnings.length - MOST_WARNINGS
  return [
    `${label}. ${words}`,
    ...warnings.slice(0, MOST_WARNINGS),
    ...(rest > 0 ? [`${plural(rest, 'further warning')} on the page.`] : []),
    ...(odd > 0 ? [`${plural(odd, 'finding')} worth a look on the page; none blocks the verdict.`] : []),
  ]
}

export interface ReportDeviations {
  shown: ExperimentDetail['deviations']
  more: number
}

export function deviationsOf({ deviations }: Pick<ExperimentDetail, 'deviations'>): ReportDeviations {
  return { shown: deviations.slice(0, MOST_DEVIATIONS), more: Math.max(0, deviations.length - MOST_DEVIATIONS) }
}

/** The plan's promise and limits, as the marks of the chart say them. */
export function markWords({ minimumEffect, hypothesis }: Plan): string {
  return `The dashed line of the deciding metric is the effect worth having, ${goal(hypothesis.draft.direction === 'increase' ? minimumEffect : -minimumEffect)}; that of a metric that must not get worse is its limit.`
}
