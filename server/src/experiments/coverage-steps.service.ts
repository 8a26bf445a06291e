import { setupOf } from '../contract/setup-of.ts'
import type { Deps } from '../deps.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { dueCoverage } from './coverage-steps.ts'
import { assertRoomFor } from './experiment-checklist.service.ts'
import { putSplit } from './experiment-flag.service.ts'
import { auditMove } from './experiment-record.service.ts'
import { createExperimentsStore } from './experiments.store.ts'
import { createPhasesStore } from './phases.store.ts'

/** Admits as many as each sealed plan foresees by now: no deviation, and one ruleset version each. */
export async function applyDueSteps(deps: Deps, signal: AbortSignal): Promise<void> {
  for (const { projectId, key } of await createPhasesStore(deps.db).stepping()) {
    if (signal.aborted) return
    await applyDueStep(deps, projectId, key).catch((error: unknown) => { deps.log.error({ err: error, experiment: key }, 'A planned step of the coverage could not be taken: it is tried again') })
  }
}

async function applyDueStep(deps: Deps, projectId: string, key: string): Promise<void> {
  await commitChange(deps, projectId, async (tx) => {
    const nothing = { result: undefined, audit: [], environments: [] }
    const store = createExperimentsStore(tx)
    // The project is locked: whoever stopped it or took the step first has left another state.
    const record = await store.find(projectId, key)
    if (!record?.plan || record.summary.status !== 'running') return nothing
    const { plan, summary } = record
    const phases = createPhasesStore(tx)
    const phase = (await phases.phases(record.id)).at(-1)
    const setup = setupOf(summary)
    const coverage = phase ? dueCoverage({ plan, startedAt: phase.startedAt, coverage: setup.coverage, log: await phases.logged(record.id) }, deps.now()) : null
    if (coverage === null) return nothing
    const after = { ...setup, coverage }
    // Limits may have been lowered since, and rules added.
    await assertRoomFor(tx, projectId, record, after)
    const environments = await putSplit(tx, { deps, actor: null }, record, after, { ruleId: summary.ruleId, plan, coverage })
    await store.change(record.id, after)
    return { result: undefined, audit: [auditMove(deps, { actor: null, action: 'experiment.step_taken', key, environment: summary.environment, before: setup, after })], environments }
  })
}
