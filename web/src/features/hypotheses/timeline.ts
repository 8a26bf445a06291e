import type { ExperimentSummary, Hypothesis } from '@assay/server/contract'
import { date } from '../../ui/format.ts'
import { type CardState, experimentChip } from './card-state.ts'

const DAY_MS = 86_400_000
/** A board of one day is still drawn over a week. */
const SHORTEST_MS = 7 * DAY_MS

export interface TimelineBar {
  experiment: string
  from: number
  to: number
  /** Until when its plan asks it to run, where that is still to come. */
  plannedTo: number | null
  chip: CardState['chip']
  /** The bar in words. */
  words: string
}

export interface TimelineRow {
  hypothesis: Hypothesis
  writtenAt: number
  bars: TimelineBar[]
}

export interface Timeline {
  from: number
  to: number
  rows: TimelineRow[]
}

/** When each hypothesis was written and tested, the one that moved last on top. */
export function timelineOf(hypotheses: readonly Hypothesis[], experiments: readonly ExperimentSummary[], now: Date): Timeline {
  const rows = hypotheses.map((hypothesis) => ({
    hypothesis,
    writtenAt: Date.parse(hypothesis.createdAt),
    bars: experiments.filter((experiment) => experiment.hypothesis === hypothesis.key).flatMap((experiment) => barOf(experiment, now)).toSorted((a, b) => a.from - b.from),
  }))
  const starts = rows.flatMap(({ writtenAt, bars }) => [writtenAt, ...bars.map(({ from }) => from)])
  const ends = rows.flatMap(({ bars }) => bars.map(({ to, plannedTo }) => plannedTo ?? to))
  const to = Math.max(now.getTime(), ...ends)
  return { from: Math.min(to - SHORTEST_MS, ...starts), to, rows: rows.toSorted((a, b) => movedAt(b) - movedAt(a)) }
}

/** Where a time stands, as a share of the width. */
export function shareOf({ from, to }: Pick<Timeline, 'from' | 'to'>, at: number): number {
  return (at - from) / (to - from)
}

function barOf(experiment: ExperimentSummary, now: Date): TimelineBar[] {
  const { key, startedAt, endedAt, days, plannedDays, status } = experiment
  if (startedAt === null) return []
  const to = endedAt === null ? now.getTime() : Date.parse(endedAt)
  // What was sent as history began before it was started here.
  const from = Math.min(Date.parse(startedAt), to - (days ?? 0) * DAY_MS)
  const planned = status === 'running' && plannedDays !== null ? from + plannedDays * DAY_MS : null
  const plannedTo = planned !== null && planned > to ? planned : null
  const chip = experimentChip(experiment, now)
  const end = endedAt === null ? 'today' : date(endedAt, now)
  return [{ experiment: key, from, to, plannedTo, chip, words: `${key}, ${date(new Date(from).toISOString(), now)} to ${end}: ${chip.label}${plannedTo === null ? '' : `, planned until ${date(new Date(plannedTo).toISOString(), now)}`}` }]
}

function movedAt({ writtenAt, bars }: TimelineRow): number {
  return Math.max(writtenAt, ...bars.map(({ to }) => to))
}
