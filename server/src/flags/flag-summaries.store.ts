import type { Serve, Split } from '@assay/sdk/core'
import type { FlagSummary } from '../contract/flags.ts'
import { createEnvironmentsStore, type EnvironmentRecord } from '../environments/environments.store.ts'
import type { Database } from '../platform/postgres.ts'
import { readIndexedFlags } from './flag-index.store.ts'
import type { IndexedFlag } from './indexed-flag.ts'

/** Every flag of a project as the list shows it, newest change first, without the archived or only those. */
export async function listFlagSummaries(db: Database, projectId: string, { archived }: { archived: boolean }): Promise<FlagSummary[]> {
  const environments = await createEnvironmentsStore(db).list(projectId)
  const flags = (await readIndexedFlags(db, projectId, environments)).filter(({ archivedAt }) => (archivedAt !== null) === archived)
  // They come by key, and those that changed at the same time stay that way.
  return withStates(db, environments, flags.sort((a, b) => Date.parse(b.changedAt) - Date.parse(a.changedAt)))
}

/** The same flags with what they do in each environment. */
export async function withStates(db: Database, environments: readonly EnvironmentRecord[], flags: readonly IndexedFlag[]): Promise<FlagSummary[]> {
  if (flags.length === 0) return []
  const within = { flagId: { in: flags.map(({ id }) => id) } }
  const states = byFlag(await db.flagEnvironment.findMany({ where: within, select: { flagId: true, environmentId: true, enabled: true, offVariant: true, fallthrough: true } }))
  const ruled = byFlag(await db.rule.findMany({ where: within, select: { flagId: true, environmentId: true, serve: true }, orderBy: { position: 'asc' } }))

  return flags.map(({ id, ...flag }) => {
    const rules = ruled.get(id) ?? []
    return {
      ...flag,
      environments: environments.flatMap((environment) => {
        const state = states.get(id)?.find(({ environmentId }) => environmentId === environment.id)
        if (!state) return []
        const here = rules.filter(({ environmentId }) => environmentId === environment.id)
        const fallthrough = state.fallthrough as unknown as Serve
        const split = [...here.map(({ serve }) => serve as unknown as Serve), fallthrough].find((serve): serve is Split => 'arms' in serve) ?? null
        return [{ environment: environment.key, enabled: state.enabled, rules: here.length, fallthrough, split, offVariant: state.offVariant }]
      }),
    }
  })
}

function byFlag<T extends { flagId: string }>(rows: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>()
  for (const row of rows) {
    const own = found.get(row.flagId)
    if (own) own.push(row)
    else found.set(row.flagId, [row])
  }
  return found
}
