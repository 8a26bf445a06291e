import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor } from '../http/register.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { auditMove, findExperiment } from './experiment-record.service.ts'

/** Numbers of an invalid experiment are hidden. Whoever looks at them all the same stands in the audit, so that a decision can be read with what its maker had seen. */
export async function recordNumbersShown(deps: Deps, projectId: string, actor: Actor, key: string): Promise<void> {
  await commitChange(deps, projectId, async (tx) => {
    const { summary } = await findExperiment(tx, projectId, key)
    if (summary.verdict?.kind !== 'invalid') throw new AppError('wrong_state', `The numbers of ${key} are not hidden.`)
    return { result: undefined, audit: [auditMove(deps, { actor, action: 'experiment.numbers_shown', key, environment: summary.environment, after: { verdict: summary.verdict } })], environments: [] }
  })
}
