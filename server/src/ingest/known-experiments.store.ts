import type { Plan } from '../contract/experiments.ts'
import { readSealedPlan } from '../experiments/read-sealed-plan.ts'
import type { Database } from '../platform/postgres.ts'
import type { KnownExperiment } from './accept-batch.ts'

export interface KnownExperiments {
  /** The started ones among the named experiments of an environment, each with the highest phase that is named of it, and the holdouts its project has or had. */
  find(environmentId: string, named: ReadonlyMap<string, number>): Promise<Map<string, KnownExperiment>>
}

/**
 * What exposures must fit was sealed when the phase started and never changes within it, so it is remembered; an
 * experiment or a phase that is not known is asked for every time, because it may have started a moment ago.
 */
export function createKnownExperiments(db: Database): KnownExperiments {
  const remembered = new Map<string, KnownExperiment>()
  return {
    async find(environmentId, named) {
      const found = new Map<string, KnownExperiment>()
      const missing: string[] = []
      for (const [key, phase] of named) {
        const known = remembered.get(`${environmentId}/${key}`)
        if (known && known.phase >= phase) found.set(key, known)
        else missing.push(key)
      }
      if (missing.length === 0) return found
      const rows = await db.experiment.findMany({ where: { environmentId, key: { in: missing }, startedAt: { not: null } }, select: { key: true, phase: true, plan: true, startedAt: true, phases: { select: { phase: true, plan: true } } } })
      for (const { key, phase, plan: sealed, startedAt, phases } of rows) {
        if (sealed === null || startedAt === null) continue
        const plan = readSealedPlan(sealed)
        const earlier = new Map(phases.filter((other) => other.phase !== phase).map((other) => [other.phase, variantsOf(readSealedPlan(other.plan))]))
        const known: KnownExperiment = { assignment: plan.assignment, phase, unitType: plan.unitType, variants: variantsOf(plan), earlier, startedAt }
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
  async function holdouts(environmentId: string, asked: readonly string[]): Promise<Map<string, KnownExperiment>> {
    const keys = asked.filter((key) => key.startsWith(HOLDOUT)).map((key) => key.slice(HOLDOUT.length))
    if (keys.length === 0) return new Map()
    const created = await db.auditEntry.findMany({
      where: { project: { environments: { some: { id: environmentId } } }, entityKind: 'holdout', entityKey: { in: keys }, action: 'holdout.created' },
      select: { entityKey: true, at: true, after: true },
    })
    return new Map(created.map(({ entityKey, at, after }) => [`${HOLDOUT}${entityKey}`, { assignment: 'internal', phase: 1, unitType: (after as { unit: string }).unit, variants: ['held', 'open'], startedAt: at }]))
  }
}

function variantsOf(plan: Plan): string[] {
  return plan.arms.map((arm) => arm.variant)
}

const HOLDOUT = 'holdout:'
