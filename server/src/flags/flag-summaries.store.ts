import type { FlagType, Serve, Split } from '@assay/sdk/core'
import { OPEN_STATUSES } from '../changes/change-record.ts'
import type { FlagKind, FlagSummary } from '../contract/flags.ts'
import { createEnvironmentsStore } from '../environments/environments.store.ts'
import { Prisma, type Database } from '../platform/postgres.ts'

/** Every flag of a project as the list shows it, newest change first, without the archived or only those. */
export async function listFlagSummaries(db: Database, projectId: string, { archived }: { archived: boolean }): Promise<FlagSummary[]> {
  const found = await db.flag.findMany({ where: { projectId, archivedAt: archived ? { not: null } : null }, select: { id: true }, orderBy: [{ changedAt: 'desc' }, { key: 'asc' }] })
  return flagSummaries(db, projectId, found.map(({ id }) => id))
}

/**
 * Flags as the list shows them, in the order of their ids. A few plain questions, whatever the number of flags: what belongs
 * together is put together here, because one join of it all is quadratic where the planner has no statistics yet.
 */
export async function flagSummaries(db: Database, projectId: string, ids: readonly string[]): Promise<FlagSummary[]> {
  if (ids.length === 0) return []
  const itemsOf = async <T>(query: Prisma.Sql): Promise<Map<string, T[]>> => new Map((await db.$queryRaw<{ flagId: string; items: T[] }[]>(query)).map(({ flagId, items }) => [flagId, items]))
  const environments = await createEnvironmentsStore(db).list(projectId)
  const flags = await db.$queryRaw<FlagRow[]>`
    SELECT "id"::text AS "id", "key", "name", "kind", "type", "owner", "tags", "clientVisible", to_char("expectedRemoval", 'YYYY-MM-DD') AS "expectedRemoval", "archivedAt", "createdAt", "changedAt", "changedBy"
    FROM "flag" WHERE "id" = ANY(${ids}::uuid[])`
  const variants = await itemsOf<FlagSummary['variants'][number]>(Prisma.sql`
    SELECT "flagId"::text AS "flagId", json_agg(json_strip_nulls(json_build_object('key', "key", 'name', "name")) ORDER BY "position") AS "items" FROM "variant" WHERE "flagId" = ANY(${ids}::uuid[]) GROUP BY "flagId"`)
  const states = await itemsOf<StateItem>(Prisma.sql`
    SELECT "flagId"::text AS "flagId", json_agg(json_build_object('environmentId', "environmentId", 'enabled', "enabled", 'offVariant', "offVariant", 'fallthrough', "fallthrough")) AS "items" FROM "flag_environment" WHERE "flagId" = ANY(${ids}::uuid[]) GROUP BY "flagId"`)
  const ruled = await itemsOf<RulesItem>(Prisma.sql`
    SELECT "flagId"::text AS "flagId", json_agg(json_build_object('environmentId', "environmentId", 'split', CASE WHEN "serve" ? 'arms' THEN "serve" END) ORDER BY "position") AS "items" FROM "rule" WHERE "flagId" = ANY(${ids}::uuid[]) GROUP BY "flagId"`)
  const waiting = new Map((await db.change.groupBy({ by: ['flagId'], where: { flagId: { in: [...ids] }, status: { in: [...OPEN_STATUSES] } }, _count: true })).map(({ flagId, _count }) => [flagId, _count]))
  const experiments = new Map<string, FlagSummary['experiment']>()
  for (const { flagId, key, status, hypothesis } of await db.experiment.findMany({ where: { flagId: { in: [...ids] } }, select: { flagId: true, key: true, status: true, hypothesis: { select: { key: true, title: true, level: true } } }, orderBy: { createdAt: 'asc' } })) {
    if (status === 'running' || experiments.get(flagId)?.status !== 'running') experiments.set(flagId, { key, hypothesis: hypothesis.key, title: hypothesis.title, level: hypothesis.level, status })
  }

  const place = new Map(ids.map((id, index) => [id, index]))
  return flags.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0)).map(({ id, ...flag }) => {
    const rules = ruled.get(id) ?? []
    return {
      ...flag,
      archivedAt: flag.archivedAt?.toISOString() ?? null,
      createdAt: flag.createdAt.toISOString(),
      changedAt: flag.changedAt.toISOString(),
      openChanges: waiting.get(id) ?? 0,
      variants: variants.get(id) ?? [],
      environments: environments.flatMap((environment) => {
        const state = states.get(id)?.find(({ environmentId }) => environmentId === environment.id)
        if (!state) return []
        const here = rules.filter(({ environmentId }) => environmentId === environment.id)
        const split = here.find((rule) => rule.split !== null)?.split ?? splitOf(state.fallthrough)
        return [{ environment: environment.key, enabled: state.enabled, rules: here.length, fallthrough: state.fallthrough, split, offVariant: state.offVariant }]
      }),
      experiment: experiments.get(id) ?? null,
    }
  })
}

interface FlagRow {
  id: string
  key: string
  name: string
  kind: FlagKind
  type: FlagType
  owner: string | null
  tags: string[]
  clientVisible: boolean
  expectedRemoval: string | null
  archivedAt: Date | null
  createdAt: Date
  changedAt: Date
  changedBy: string
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
