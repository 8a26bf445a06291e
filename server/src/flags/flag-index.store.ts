import type { FlagType } from '@assay/sdk/core'
import { OPEN_STATUSES } from '../changes/change-record.ts'
import type { FlagKind, FlagSummary } from '../contract/flags.ts'
import type { EnvironmentRecord } from '../environments/environments.store.ts'
import type { Database } from '../platform/postgres.ts'
import type { IndexedFlag } from './indexed-flag.ts'

/** Counts the changes of a project: what was read of its flags stands as long as this does. */
export async function auditedSeq(db: Database, projectId: string): Promise<number> {
  return (await db.project.findUniqueOrThrow({ where: { id: projectId }, select: { auditSeq: true } })).auditSeq
}

/**
 * Every flag of a project, by key, without its rules and values. A few plain questions, whatever the number of flags: what belongs
 * together is put together here, because one join of it all is quadratic where the planner has no statistics yet.
 */
export async function readIndexedFlags(db: Database, projectId: string, environments: readonly EnvironmentRecord[]): Promise<IndexedFlag[]> {
  const keys = new Map(environments.map(({ id, key }) => [id, key]))
  const flags = await db.$queryRaw<FlagRow[]>`
    SELECT "id"::text AS "id", "key", "name", "kind", "type", "owner", "tags", "clientVisible", to_char("expectedRemoval", 'YYYY-MM-DD') AS "expectedRemoval", "archivedAt", "createdAt", "changedAt", "changedBy"
    FROM "flag" WHERE "projectId" = ${projectId}::uuid ORDER BY "key" COLLATE "C"`
  const variants = new Map((await db.$queryRaw<{ flagId: string; items: FlagSummary['variants'] }[]>`
    SELECT "flagId"::text AS "flagId", json_agg(json_strip_nulls(json_build_object('key', v."key", 'name', v."name")) ORDER BY v."position") AS "items"
    FROM "variant" v JOIN "flag" f ON f."id" = v."flagId" WHERE f."projectId" = ${projectId}::uuid GROUP BY "flagId"`).map(({ flagId, items }) => [flagId, items]))
  const on = new Map((await db.$queryRaw<{ flagId: string; ids: string[] }[]>`
    SELECT "flagId"::text AS "flagId", array_agg("environmentId"::text) AS "ids" FROM "flag_environment" WHERE "enabled" AND "environmentId" = ANY(${[...keys.keys()]}::uuid[]) GROUP BY "flagId"`).map(({ flagId, ids }) => [flagId, ids]))
  const waiting = new Map((await db.change.groupBy({ by: ['flagId'], where: { projectId, status: { in: [...OPEN_STATUSES] } }, _count: true })).map(({ flagId, _count }) => [flagId, _count]))
  const experiments = new Map<string, FlagSummary['experiment']>()
  for (const { flagId, key, status, hypothesis } of await db.experiment.findMany({ where: { projectId }, select: { flagId: true, key: true, status: true, hypothesis: { select: { key: true, title: true, level: true } } }, orderBy: { createdAt: 'asc' } })) {
    if (status === 'running' || experiments.get(flagId)?.status !== 'running') experiments.set(flagId, { key, hypothesis: hypothesis.key, title: hypothesis.title, level: hypothesis.level, status })
  }

  return flags.map(({ archivedAt, createdAt, changedAt, ...flag }) => ({
    ...flag,
    archivedAt: archivedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
    openChanges: waiting.get(flag.id) ?? 0,
    variants: variants.get(flag.id) ?? [],
    environments: (on.get(flag.id) ?? []).flatMap((id) => { const environment = keys.get(id); return environment === undefined ? [] : [{ environment, enabled: true as const }] }),
    experiment: experiments.get(flag.id) ?? null,
  }))
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
