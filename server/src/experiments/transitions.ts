import type { ExperimentStatus } from '../contract/experiments.ts'
import { AppError } from '../http/app-error.ts'

interface MoveRule {
  from: readonly ExperimentStatus[]
  to: ExperimentStatus
  /** Why it is refused from anywhere else. */
  otherwise: string
}

/** From where a move is legal, and where it leads: the one table of an experiment's life. */
const moves = {
  save: { from: ['draft'], to: 'draft', otherwise: 'Its plan is sealed: a change would be another experiment.' },
  start: { from: ['draft'], to: 'running', otherwise: 'Only a draft can be started.' },
  cover: { from: ['running'], to: 'running', otherwise: 'Only a running experiment admits people.' },
  rearm: { from: ['running'], to: 'running', otherwise: 'Only a running experiment can go on with other arms.' },
  extend: { from: ['running'], to: 'running', otherwise: 'Only a running experiment can be extended: resume it first where it was stopped.' },
  stop: { from: ['running'], to: 'stopped', otherwise: 'Only a running experiment can be stopped.' },
  resume: { from: ['stopped'], to: 'running', otherwise: 'Only a stopped experiment that is not decided can go on.' },
  decide: { from: ['running', 'stopped'], to: 'decided', otherwise: 'Only an experiment that has run, and is not decided yet, can be decided.' },
} as const satisfies Record<string, MoveRule>

export type Move = keyof typeof moves

/** Where a move leads from a status; refused where it is not legal. */
export function afterMove(key: string, status: ExperimentStatus, move: Move): ExperimentStatus {
  const { from, to, otherwise }: MoveRule = moves[move]
  if (from.includes(status)) return to
  throw new AppError('wrong_state', `${key} is ${status}. ${otherwise}`, { details: { status, move } })
}

/** Level of a hypothesis, by where its experiments stand: the one that is furthest from its end says it. */
export function levelOf(statuses: readonly ExperimentStatus[]): 1 | 2 | 3 | 4 {
  if (statuses.includes('running')) return 2
  if (statuses.includes('stopped')) return 3
  return statuses.includes('decided') ? 4 : 1
}
