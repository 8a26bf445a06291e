import type { Serve, Split } from '@assay/sdk/core'
import type { FlagSummary } from '../contract/flags.ts'
import { createEnvironmentsStore, type EnvironmentRecord } from '../environments/environments.store.ts'
import { Prisma, type Database } from '../platform/postgres.ts'
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
  const ids = flags.map(({ id }) => id)
  const itemsOf = async <T>(query: Prisma.Sql): Promise<Map<string, T[]>> => new Map((await db.$queryRaw<{ flagId: string; items: T[] }[]>(query)).map(({ flagId, items }) => [flagId, items]))
  const states = await itemsOf<StateItem>(Prisma.sql`
    SELECT "flagId"::text AS "flagId", json_agg(json_build_object('environmentId', "environmentId", 'enabled', "enabled", 'offVariant', "offVariant", 'fallthrough', "fallthrough")) AS "items" FROM "flag_environment" WHERE "flagId" = ANY(${ids}::uuid[]) GROUP BY "flagId"`)
  const ruled = await itemsOf<RulesItem>(Prisma.sql`
    SELECT "flagId"::text AS "flagId", json_agg(json_build_object('environmentId', "environmentId", 'split', CASE WHEN "serve" ? 'arms' THEN "serve" END) ORDER BY "position") AS "items" FROM "rule" WHERE "flagId" = ANY(${ids}::uuid[]) GROUP BY "flagId"`)

  return flags.map(({ id, ...flag }) => {
    const rules = ruled.get(id) ?? []
    return {
      ...flag,
      environments: environments.flatMap((environment) => {
        const state = states.get(id)?.find(({ environmentId }) => environmentId === environment.id)
        if (!state) return []
        const here = rules.filter(({ environmentId }) => environmentId === environment.id)
        const split = here.find((rule) => rule.split !== null)?.split ?? splitOf(state.fallthrough)
        return [{ environment: environment.key, enabled: state.enabled, rules: here.length, fallthrough: state.fallthrough, split, offVariant: state.offVariant }]
      }),
    }
  })
}

interface StateItem {
  environmentId: string
  enabled: boolean
  offVariant: string | null
  fallthrough: Serve
}

interface RulesItem {
  environmentId: string
  split: Split | null
}

function splitOf(serve: Serve): Split | null {
  return 'arms' in serve ? serve : null
}
