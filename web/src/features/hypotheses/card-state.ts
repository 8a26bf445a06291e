import type { ExperimentSummary, Hypothesis } from '@assay/server/contract'
import type { Tone } from '../../ui/chip.tsx'
import { count, plural } from '../../ui/format.ts'
import { daysRun, runningDay } from '../../ui/plan/running-day.ts'
import { needsWords } from './needs-words.ts'

export type Mark = 'open' | 'time' | 'tick' | 'stop' | 'look' | 'dash'

export interface CardState {
  /** Where it stands, in two or three words. */
  chip: { tone: Tone; mark: Mark; label: string }
  /** What comes next, or what was learned. */
  foot: { tone: 'plain' | 'act' | 'warn' | 'loss'; text: string }
  /** Share of the plan that is fulfilled, while it runs. */
  progress: number | null
}


/** What a card of the board says about a hypothesis: its newest experiment speaks, and without one its plan. */
export function cardState(hypothesis: Hypothesis, newest: ExperimentSummary | undefined, now: Date): CardState {
  if (!newest || newest.status === 'draft') return planned(hypothesis, newest)
  switch (newest.status) {
    case 'running':
      return beingTested(newest, now)
    case 'stopped':
      return stopped(hypothesis, newest, now)
    case 'decided':
      return decided(newest)
  }
}

function planned({ missing }: Hypothesis, draft: ExperimentSummary | undefined): CardState {
  const ready = missing.length === 0
  return {
    chip: ready ? { tone: 'win', mark: 'tick', label: 'Ready to start' } : draft ? { tone: 'info', mark: 'open', label: 'Experiment drafted' } : { tone: 'flat', mark: 'dash', label: 'Draft' },
    foot: { tone: 'plain', text: ready ? 'Nothing is missing: start it' : needsWords(missing) },
    progress: null,
  }
}

function beingTested(experiment: ExperimentSummary, now: Date): CardState {
  const { verdict, people, plannedUnits } = experiment
  const reached = plannedUnits === null ? plural(people, 'person', 'people') : `${count(people)} of ${count(plannedUnits)} people`
  const progress = progressOf(experiment, now)
  if (verdict?.final) return { chip: verdictChip(verdict.kind), foot: { tone: verdict.kind === 'harmful' ? 'loss' : 'act', text: verdict.kind === 'harmful' ? 'Worse than control: stop it' : 'Enough data to decide' }, progress }
  if (verdict?.kind === 'invalid') return { chip: verdictChip('invalid'), foot: { tone: 'warn', text: 'The numbers cannot be trusted: look at its health' }, progress }
  return { chip: { tone: 'info', mark: 'time', label: runningDay(experiment, now) ?? 'Running' }, foot: { tone: 'plain', text: reached }, progress }
}

function stopped({ decider }: Hypothesis, experiment: ExperimentSummary, now: Date): CardState {
  const foot = { tone: 'warn' as const, text: decider === '' ? 'Waiting for a decision' : `Waiting for ${decider}` }
  return { chip: experimentChip(experiment, now), foot, progress: null }
}

function decided({ decision }: ExperimentSummary): CardState {
  const chip: CardState['chip'] = decision?.choice === 'ship' ? { tone: 'win', mark: 'tick', label: 'Shipped' } : decision?.choice === 'remove' ? { tone: 'flat', mark: 'dash', label: 'Removed' } : { tone: 'info', mark: 'open', label: 'Tried again' }
  return { chip, foot: { tone: 'plain', text: decision?.learning ?? '' }, progress: null }
}

/** Where one experiment stands. */
export function experimentChip(experiment: ExperimentSummary, now: Date): CardState['chip'] {
  switch (experiment.status) {
    case 'draft':
      return { tone: 'flat', mark: 'dash', label: 'Draft' }
    case 'running':
      return beingTested(experiment, now).chip
    case 'stopped':
      return experiment.verdict === null ? { tone: 'warn', mark: 'look', label: 'Decision due' } : verdictChip(experiment.verdict.kind)
    case 'decided':
      return decided(experiment).chip
  }
}

/** A verdict as a chip: word and shape beside the hue. */
function verdictChip(kind: string): CardState['chip'] {
  switch (kind) {
    case 'confirmed':
      return { tone: 'win', mark: 'tick', label: 'Confirmed' }
    case 'harmful':
      return { tone: 'loss', mark: 'stop', label: 'Harmful' }
    case 'rejected':
      return { tone: 'flat', mark: 'dash', label: 'No effect worth having' }
    case 'invalid':
      return { tone: 'warn', mark: 'look', label: 'Do not trust' }
    default:
      return { tone: 'flat', mark: 'dash', label: 'Unclear' }
  }
}

function progressOf(experiment: ExperimentSummary, now: Date): number | null {
  const { people, plannedUnits, plannedDays } = experiment
  if (plannedUnits !== null) return Math.min(1, people / plannedUnits)
  const days = daysRun(experiment, now)
  return days === null || plannedDays === null ? null : Math.min(1, days / plannedDays)
}
