import type { Deps } from '../deps.ts'
import { createInstancesStore } from '../rulesets/instances.store.ts'

/** As if an SDK had just acknowledged a ruleset of an environment: an experiment that Assay assigns starts in production only where a service asks. */
export async function connectSdk({ deps }: { deps: Pick<Deps, 'db' | 'now' | 'installation'> }, environment = 'production'): Promise<void> {
  const seenAt = deps.now()
  const { id: environmentId } = await deps.db.environment.findFirstOrThrow({ where: { key: environment } })
  await createInstancesStore(deps.db).upsertAll([{ environmentId, instanceId: 'test-service-1', sdk: 'assay-js/1.0.0', epoch: deps.installation.epoch(), version: 1, appliedAt: seenAt, seenAt, heardAt: seenAt, hasLeft: false }])
}
