import type { ExperimentStatus } from '../contract/experiments.ts'
import { AppError } from '../http/app-error.ts'

/** From which states a move is legal: the one table of an experiment's life. */
const moves = {
  save: ['draft'],
  start: ['draft'],
  stop: ['running'],
  decide: ['running', 'stopped'],
} as const satisfies Record<string, readonly ExperimentStatus[]>

export type Move = keyof typeof moves

const sentences: Record<Move, string> = {
  save: 'Its plan is sealed: a change would be another experiment.',
  start: 'Only a draft can be started.',
  stop: 'Only a running experiment can be stopped.',
  decide: 'Only an experiment that has run, and is not decided yet, can be decided.',
}

export function assertMove(key: string, status: ExperimentStatus, move: Move): void {
  if ((moves[move] as readonly ExperimentStatus[]).includes(status)) return
  throw new AppError('wrong_state', `${key} is ${status}. ${sentences[move]}`, { details: { status, move } })
}
