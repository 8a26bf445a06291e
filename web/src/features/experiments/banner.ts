import type { Analysis, ExperimentDetail, ExperimentSummary, Verdict } from '@assay/server/contract'
import { plural } from '../../ui/format.ts'
import { runningDay } from '../../ui/plan/running-day.ts'

/** Look of the banner: each tone has a hue, a shape and words of its own. */
export type BannerTone = 'win' | 'loss' | 'flat' | 'wait' | 'warn'

export interface Banner {
  tone: BannerTone
  /** How far the evidence is. */
  top: string
  /** What it says, in one line. */
  headline: string
  /** The server's sentence. */
  text: string
  /** What the newest analysis says, where the rule fired earlier with another verdict: that one stays on record. */
  newest: string | null
  /** The arm whose number stands beside the headline; null where there is none. */
  arm: string | null
  /** Numbers are not to be believed and stay hidden until asked for. */
  hidden: boolean
}

/** What the banner of an experiment that has started says. */
export function bannerOf({ status, analysis, verdict: standing }: Pick<ExperimentDetail, 'status' | 'analysis' | 'verdict'>): Banner {
  if (analysis === null) {
    const text = status === 'running' ? 'The first analysis comes a few minutes after the first people have met a variant.' : 'It ended before anybody was analysed.'
    return { tone: 'wait', top: 'Nothing to read yet', headline: status === 'running' ? 'Waiting for the first people' : 'There is no analysis', text, newest: null, arm: null, hidden: false }
  }
  const verdict = recordedVerdict(analysis.verdict, standing)
  const newest = verdict === analysis.verdict ? null : analysis.verdict.sentence
  return { ...looks(analysis, verdict, status), text: verdict.sentence, newest, arm: headlineArm(analysis), hidden: verdict.kind === 'invalid' }
}

/** The verdict on record is the first final one. Its reasons are known only where the newest analysis says the same. */
function recordedVerdict(newest: Verdict, standing: ExperimentDetail['verdict']): Verdict {
  if (standing === null || (standing.kind === newest.kind && standing.final === newest.final) || !isKind(standing.kind)) return newest
  return { ...newest, ...standing, kind: standing.kind, reasons: [], arms: [] }
}

const kinds: readonly string[] = ['confirmed', 'rejected', 'inconclusive', 'harmful', 'invalid'] satisfies Verdict['kind'][]

function isKind(kind: string): kind is Verdict['kind'] {
  return kinds.includes(kind)
}

/** The arm that the verdict speaks about; where it speaks of none, the one most likely to be better. */
export function headlineArm(analysis: Analysis): string | null {
  const named = analysis.verdict.reasons.find((reason) => reason.arm !== undefined)?.arm
  const comparisons = analysis.metrics.find((metric) => metric.role === 'primary')?.comparisons ?? []
  const promising = comparisons.toSorted((a, b) => (b.chanceBetter ?? 0) - (a.chanceBetter ?? 0))
  return analysis.verdict.kind === 'inconclusive' && comparisons.length > 1 ? (promising[0]?.arm ?? null) : (named ?? promising[0]?.arm ?? null)
}

type Look = Pick<Banner, 'tone' | 'top' | 'headline'>

function looks(analysis: Analysis, verdict: Verdict, status: ExperimentDetail['status']): Look {
  const codes = new Set(verdict.reasons.map((reason) => reason.code))
  const done = 'Enough data to decide'
  const arms = armsWith(analysis, verdict)
  switch (verdict.kind) {
    case 'confirmed':
      return { tone: 'win', top: done, headline: arms.length > 1 ? `${list(arms)} beat control. Ship one.` : `${list(arms)} beats control. Ship it.` }
    case 'harmful': {
      const guardrails = verdict.reasons.filter((reason) => reason.code === 'guardrail_worse').map((reason) => metricName(analysis, reason.metric))
      const headline = guardrails.length === 0 || codes.has('primary_worse') ? `${list(arms)} ${arms.length > 1 ? 'are' : 'is'} worse than control. Stop it.` : `${list([...new Set(guardrails)])} got worse. Stop it.`
      return { tone: 'loss', top: done, headline }
    }
    case 'rejected':
      return { tone: 'flat', top: done, headline: 'No effect worth having' }
    case 'invalid':
      return { tone: 'warn', top: 'Do not trust these numbers', headline: codes.has('multiple_exposure') ? 'People met more than one variant' : 'The groups are not balanced' }
    case 'inconclusive':
      return inconclusive(analysis, verdict, codes, status)
  }
}

function inconclusive(analysis: Analysis, verdict: Verdict, codes: ReadonlySet<string>, status: ExperimentDetail['status']): Look {
  if (verdict.final) {
    const open = [...new Set(verdict.reasons.filter((reason) => reason.code === 'guardrail_inconclusive').map((reason) => metricName(analysis, reason.metric)))]
    return { tone: 'flat', top: 'The planned data is in', headline: open.length > 0 ? `Better, but ${list(open)} may have got worse` : 'It could still go either way' }
  }
  if (status !== 'running') return { tone: 'wait', top: 'Stopped before the plan was fulfilled', headline: 'Too little data to tell' }
  return { tone: 'wait', top: 'Not enough data yet', headline: codes.has('no_estimate') ? 'Nothing to compare yet' : 'Too early to read' }
}

/** Who has this verdict: a single treatment is the change itself, one of several is named. */
function armsWith(analysis: Pick<Analysis, 'arms'>, verdict: Verdict): string[] {
  if (analysis.arms.length <= 2) return ['The change']
  const named = verdict.arms.filter((arm) => arm.kind === verdict.kind).map((arm) => `“${arm.arm}”`)
  return named.length > 0 ? named : ['A variant']
}

function metricName(analysis: Analysis, key: string | undefined): string {
  return analysis.metrics.find((metric) => metric.key === key)?.name ?? key ?? 'a guardrail'
}

export function list(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** Checks of the rule that are about the health of the data, not about a metric. */
export function healthChecks({ verdict, metrics }: Analysis): Verdict['checks'] {
  return verdict.checks.filter(({ label }) => !metrics.some((metric) => label.includes(metric.name)))
}

/** Checks that do not hold and are what the verdict is about, by label; others that do not hold are only still to come. */
export function alarmingChecks(analysis: Analysis, tone: BannerTone): ReadonlySet<string> {
  if (tone !== 'loss') return new Set()
  const health = new Set(healthChecks(analysis))
  return new Set(analysis.verdict.checks.filter((check) => check.holds === false && !health.has(check)).map((check) => check.label))
}

/** Whether an experiment may be decided in earnest, and what else can be done with it now. */
export function actionsOf({ status, analysis, assignment, plannedUnits, plannedDays }: Pick<ExperimentDetail, 'status' | 'analysis' | 'assignment' | 'plannedUnits' | 'plannedDays'>) {
  const running = status === 'running'
  const going = running || status === 'stopped'
  return {
    decide: going, stop: running, analyse: going, ready: analysis?.verdict.final === true, resume: status === 'stopped', change: running,
    // Where another service assigns, it decides how many are admitted. What was never planned is not extended.
    cover: running && assignment === 'internal', extend: running && (plannedUnits !== null || plannedDays !== null),
  }
}

/** `Day 16 of 21` while it runs; the days of data once it has ended. */
export function dayWords(experiment: Pick<ExperimentSummary, 'status' | 'startedAt' | 'plannedDays' | 'days'>, now: Date): string | null {
  if (experiment.status === 'running') return runningDay(experiment, now)
  return experiment.days === null || experiment.startedAt === null ? null : `${plural(Math.floor(experiment.days), 'day')} of data`
}
