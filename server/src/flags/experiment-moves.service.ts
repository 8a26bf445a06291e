import type { Impact } from '../contract/flags.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import { exposedMoved, impactOf, type ProposedTargeting, runningOn } from '../impact/impact.service.ts'
import type { Tx } from '../platform/postgres.ts'
import { onlySwitches } from './write-policy.ts'

/** A running experiment loses units that are moved: whoever means that says so. Going on or off with the same rules breaks no assignment. */
export async function assertMovesNobodyInExperiment(deps: Deps, tx: Tx, proposed: ProposedTargeting): Promise<void> {
  const { record, environment, targeting } = proposed
  const running = runningOn(record, environment)
  if (!running || onlySwitches(environment.state.targeting, targeting)) return
  const impact = await movesOf(deps, tx, proposed).catch((error: unknown) => {
    deps.log.warn({ err: error }, 'Whom a change moves cannot be computed: it has to be confirmed unseen')
    return null
  })
  if (impact === 'none') return
  const what = impact ? `moves ${impact.running?.moved} of the units exposed to ${running.experiment}` : `may move units exposed to ${running.experiment}: they cannot be counted while the event store is away`
  throw new AppError('confirmation_required', `This change ${what}. Confirm that it is meant; nothing was saved.`, { details: impact ?? uncounted(running.experiment) })
}

/** The project is locked meanwhile: the whole impact is computed only where the write is refused. */
async function movesOf(deps: Deps, tx: Tx, proposed: ProposedTargeting): Promise<Impact | 'none'> {
  return (await exposedMoved(deps, tx, proposed)) === 0 ? 'none' : impactOf(deps, tx, proposed)
}

function uncounted(experiment: string): Impact {
  return { basis: { units: 0, since: null }, moved: 0, share: 0, moves: [], sample: [], running: { experiment, moved: 0 } }
}
