import { readSealedPlan } from '../experiments/read-sealed-plan.ts'
import type { Database } from '../platform/postgres.ts'
import type { KnownExperiment } from './accept-batch.ts'

export interface KnownExperiments {
  /** The started ones among the named experiments of an environment, and the holdouts its project has or had. */
  find(environmentId: string, keys: readonly string[]): Promise<Map<string, KnownExperiment>>
}

/**
 * What exposures must fit was sealed when the experiment started and never changes within a phase, so it is remembered;
 * an experiment that is not known is asked for every time, because it may have started a moment ago.
 */
export function createKnownExperiments(db: Database): KnownExperiments {
  const remembered = new Map<string, KnownExperiment>()
  return {
    async find(environmentId, keys) {
      const found = new Map<string, KnownExperiment>()
      const missing: string[] = []
      for (const key of keys) {
        const known = remembered.get(`${environmentId}/${key}`)
        if (known) found.set(key, known)
        else missing.push(key)
      }
      if (missing.length === 0) return found
      const rows = await db.experiment.findMany({ where: { environmentId, key: { in: missing }, startedAt: { not: null } }, select: { key: true, phase: true, plan: true, startedAt: true } })
      for (const { key, phase, plan: sealed, startedAt } of rows) {
        if (sealed === null || startedAt === null) continue
        const plan = readSealedPlan(sealed)
        const known: KnownExperiment = { assignment: plan.assignment, phase, unitType: plan.unitType, variants: plan.arms.map((arm) => arm.variant), startedAt }
        remembered.set(`${environmentId}/${key}`, known)
        found.set(key, known)
      }
      for (const [key, known] of await holdouts(environmentId, missing)) {
        remembered.set(`${environmentId}/${key}`, known)
        found.set(key, known)
      }
      return found
    },
  }

  /**
   * Holdouts are told by exposures of their own, of an experiment `holdout:<key>` in phase 1. The audit log knows those
   * released as well, whose last exposures may still be on their way; their keys are never used again.
   */
  async function holdouts(environmentId: string, named: readonly string[]): Promise<Map<string, KnownExperiment>> {
    const keys = named.filter((key) => key.startsWith(HOLDOUT)).map((key) => key.slice(HOLDOUT.length))
    if (keys.length === 0) return new Map()
    const created = await db.auditEntry.findMany({
      where: { project: { environments: { some: { id: environmentId } } }, entityKind: 'holdout', entityKey: { in: keys }, action: 'holdout.created' },
      select: { entityKey: true, at: true, after: true },
    })
    return new Map(created.map(({ entityKey, at, after }) => [`${HOLDOUT}${entityKey}`, { assignment: 'internal', phase: 1, unitType: (after as { unit: string }).unit, variants: ['held', 'open'], startedAt: at }]))
  }
}

const HOLDOUT = 'holdout:'
