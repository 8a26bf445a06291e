import type { Prerequisite, Serve } from '@assay/sdk/core'
import type { FlagKind } from '../contract/flags.ts'
import type { Database } from '../platform/postgres.ts'
import type { LifecycleInput } from './lifecycle.ts'
import type { Outcomes } from './possible-outcomes.ts'

export interface UsedFlag extends Pick<LifecycleInput, 'kind' | 'createdAt' | 'archivedAt' | 'expectedRemoval' | 'experiment'> {
  key: string
  /** What it does in each of the environments asked for, by id. */
  outcomes: Map<string, Outcomes>
}

/** What the lifecycle of flags is told from, but their use: read in as many queries for 5,000 flags as for one. */
export function createUsedFlagsStore(db: Database) {
  return {
    /** Every flag of a project, archived ones too, by key; or only those named. */
    async flags(projectId: string, environmentIds: readonly string[], only?: readonly string[]): Promise<UsedFlag[]> {
      const flag = { projectId, ...(only === undefined ? {} : { key: { in: [...only] } }) }
      const within = { environmentId: { in: [...environmentIds] }, flag }
      const [flags, running, states, rules] = await Promise.all([
        db.flag.findMany({ where: flag, select: { id: true, key: true, kind: true, createdAt: true, archivedAt: true, expectedRemoval: true }, orderBy: { key: 'asc' } }),
        db.experiment.findMany({ where: { flag, status: 'running' }, select: { key: true, flagId: true } }),
        db.flagEnvironment.findMany({ where: within, select: { flagId: true, environmentId: true, enabled: true, offVariant: true, prerequisites: true, fallthrough: true } }),
        db.rule.findMany({ where: within, select: { flagId: true, environmentId: true, serve: true } }),
      ])
      const serves = new Map<string, Serve[]>()
      for (const { flagId, environmentId, serve } of rules) {
        const at = `${flagId} ${environmentId}`
        serves.set(at, [...(serves.get(at) ?? []), serve as unknown as Serve])
      }
      const outcomes = new Map<string, Map<string, Outcomes>>()
      for (const { flagId, environmentId, enabled, offVariant, prerequisites, fallthrough } of states) {
        const byEnvironment = outcomes.get(flagId) ?? new Map<string, Outcomes>()
        outcomes.set(flagId, byEnvironment)
        byEnvironment.set(environmentId, { enabled, offVariant, prerequisites: prerequisites as unknown as Prerequisite[], serves: serves.get(`${flagId} ${environmentId}`) ?? [], fallthrough: fallthrough as unknown as Serve })
      }
      const experiments = new Map(running.map(({ flagId, key }) => [flagId, key]))
      return flags.map(({ id, key, kind, createdAt, archivedAt, expectedRemoval }) => ({
        key, kind: kind as FlagKind, createdAt, archivedAt, expectedRemoval: expectedRemoval?.toISOString().slice(0, 10) ?? null, experiment: experiments.get(id) ?? null, outcomes: outcomes.get(id) ?? new Map(),
      }))
    },
  }
}
