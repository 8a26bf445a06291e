import type { Cohort } from '../contract/cohorts.ts'
import type { Deps } from '../deps.ts'
import { createEnvironmentsStore } from '../environments/environments.store.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor } from '../http/register.ts'
import { assertBasedOn } from '../http/revision-conflict.ts'
import type { Database, Tx } from '../platform/postgres.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { createCohortsStore, type CohortDefinition, type StoredCohort } from './cohorts.store.ts'
import { usedBy, usesInWords } from './used-by.ts'

export async function listCohorts(db: Database | Tx, projectId: string): Promise<Cohort[]> {
  const store = createCohortsStore(db)
  const cohorts = await store.list(projectId)
  const uses = usedBy({ rules: await store.rulesWithConditions(projectId), changes: await store.proposedConditions(projectId), cohorts, hypotheses: await store.hypothesisCohorts(projectId) })
  return cohorts.map((cohort) => ({ ...cohort, usedBy: uses.get(cohort.key) ?? [] }))
}

export async function findCohort(db: Database | Tx, projectId: string, key: string): Promise<Cohort> {
  const cohort = (await listCohorts(db, projectId)).find((candidate) => candidate.key === key)
  if (!cohort) throw new AppError('not_found', `There is no cohort with the key ${key}.`)
  return cohort
}

export async function createCohort(deps: Deps, projectId: string, actor: Actor, definition: CohortDefinition): Promise<Cohort> {
  return commitChange(deps, projectId, async (tx) => {
    const store = createCohortsStore(tx)
    if (await store.find(projectId, definition.key)) throw new AppError('already_exists', `A cohort with the key ${definition.key} exists already.`)
    const created = await store.insert(projectId, withoutRepeats(definition), actor.name, deps.now())
    return {
      result: { ...created, usedBy: [] },
      audit: [{ at: deps.now(), actor, action: 'cohort.created', entityKind: 'cohort', entityKey: definition.key, after: definitionOf(created), revision: created.revision }],
      environments: await createEnvironmentsStore(tx).ids(projectId),
    }
  })
}

export async function saveCohort(deps: Deps, projectId: string, actor: Actor, basedOn: number, definition: CohortDefinition, reason: string | undefined): Promise<Cohort> {
  return commitChange(deps, projectId, async (tx) => {
    const store = createCohortsStore(tx)
    const before = await store.find(projectId, definition.key)
    if (!before) throw new AppError('not_found', `There is no cohort with the key ${definition.key}.`)
    assertBasedOn(before, basedOn, definition, `The cohort ${before.name}`)
    const after = await store.update(projectId, withoutRepeats(definition), actor.name, deps.now())
    return {
      result: await findCohort(tx, projectId, definition.key),
      audit: [{ at: deps.now(), actor, action: 'cohort.changed', entityKind: 'cohort', entityKey: definition.key, before: definitionOf(before), after: definitionOf(after), ...(reason === undefined ? {} : { reason }), revision: after.revision }],
      environments: await createEnvironmentsStore(tx).ids(projectId),
    }
  })
}

export async function deleteCohort(deps: Deps, projectId: string, actor: Actor, key: string, basedOn: number): Promise<void> {
  await commitChange(deps, projectId, async (tx) => {
    const store = createCohortsStore(tx)
    const cohort = await findCohort(tx, projectId, key)
    assertBasedOn(cohort, basedOn, null, `The cohort ${cohort.name}`)
    if (cohort.usedBy.length > 0) {
      throw new AppError('wrong_state', `The cohort ${cohort.name} cannot be deleted: it is used by ${usesInWords(cohort.usedBy)}.`, { details: cohort.usedBy })
    }
    await store.remove(projectId, key)
    return {
      result: undefined,
      audit: [{ at: deps.now(), actor, action: 'cohort.deleted', entityKind: 'cohort', entityKey: key, before: definitionOf(cohort), revision: cohort.revision }],
      environments: await createEnvironmentsStore(tx).ids(projectId),
    }
  })
}

function withoutRepeats(definition: CohortDefinition): CohortDefinition {
  return { ...definition, included: [...new Set(definition.included)], excluded: [...new Set(definition.excluded)] }
}

function definitionOf({ name, description, unit, when, included, excluded }: StoredCohort) {
  return { name, description, unit, when, included, excluded }
}
