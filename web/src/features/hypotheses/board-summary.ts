import type { ExperimentSummary, Hypothesis } from '@assay/server/contract'

export interface BoardSummary {
  /** How many hypotheses stand on each level, base first. */
  perLevel: readonly [number, number, number, number]
  /** Experiments that run now, and the people in them. */
  running: number
  people: number
  /** Experiments whose data is in and whose decision is not. */
  waiting: number
  /** Decisions by what was done. */
  shipped: number
  removed: number
  again: number
  /** Days from start to end of the experiments that ended; null where none did. */
  medianDays: number | null
}

const DAY_MS = 24 * 60 * 60_000

/** The board in numbers, all counted from what is on it. */
export function boardSummary(hypotheses: readonly Hypothesis[], experiments: readonly ExperimentSummary[]): BoardSummary {
  const at = (level: number) => hypotheses.filter((hypothesis) => hypothesis.level === level).length
  const running = experiments.filter((experiment) => experiment.status === 'running')
  const chosen = (choice: string) => experiments.filter((experiment) => experiment.decision?.choice === choice).length
  return {
    perLevel: [at(1), at(2), at(3), at(4)],
    running: running.length,
    people: running.reduce((sum, experiment) => sum + experiment.people, 0),
    waiting: experiments.filter((experiment) => experiment.status === 'stopped' || (experiment.status === 'running' && experiment.verdict?.final === true)).length,
    shipped: chosen('ship'),
    removed: chosen('remove'),
    again: chosen('iterate'),
    medianDays: median(experiments.flatMap(({ startedAt, endedAt }) => (startedAt === null || endedAt === null ? [] : [(new Date(endedAt).getTime() - new Date(startedAt).getTime()) / DAY_MS]))),
  }
}

/** The newest experiment of each hypothesis, by the hypothesis's key. The list is newest first. */
export function newestByHypothesis(experiments: readonly ExperimentSummary[]): Map<string, ExperimentSummary> {
  const newest = new Map<string, ExperimentSummary>()
  for (const experiment of experiments) if (!newest.has(experiment.hypothesis)) newest.set(experiment.hypothesis, experiment)
  return newest
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2
}
