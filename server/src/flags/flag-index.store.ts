import { OPEN_STATUSES } from '../changes/change-record.ts'
import type { FlagName } from '../contract/flag-lists.ts'
import type { FlagKind } from '../contract/flags.ts'
import type { FlagType } from '@assay/sdk/core'
import { createEnvironmentsStore } from '../environments/environments.store.ts'
import type { Database } from '../platform/postgres.ts'
import type { IndexedFlag } from './indexed-flag.ts'

/** Counts the changes of a project: what was read of its flags stands as long as this does. */
export async function auditedSeq(db: Database, projectId: string): Promise<number> {
  return (await db.project.findUniqueOrThrow({ where: { id: projectId }, select: { auditSeq: true } })).auditSeq
}

/** What lists of flags are narrowed and sorted by, of every flag of a project: no rules and no values. A few plain questions, whatever the number of flags. */
export async function readIndexedFlags(db: Database, projectId: string): Promise<IndexedFlag[]> {
  const environments = new Map((await createEnvironmentsStore(db).list(projectId)).map(({ id, key }) => [id, key]))
  const flags = await db.$queryRaw<FlagRow[]>`
    SELECT "id"::text AS "id", "key", "name", "kind", "type", "owner", "tags", to_char("expectedRemoval", 'YYYY-MM-DD') AS "expectedRemoval", "archivedAt", "changedAt"
    FROM "flag" WHERE "projectId" = ${projectId}::uuid ORDER BY "key" COLLATE "C"`
  const variants = await db.$queryRaw<{ flagId: string; items: FlagName['variants'] }[]>`
    SELECT "flagId"::text AS "flagId", json_agg(json_strip_nulls(json_build_object('key', v."key", 'name', v."name")) ORDER BY v."position") AS "items"
    FROM "variant" v JOIN "flag" f ON f."id" = v."flagId" WHERE f."projectId" = ${projectId}::uuid GROUP BY "flagId"`
  const on = await db.$queryRaw<{ flagId: string; environments: string[] }[]>`
    SELECT "flagId"::text AS "flagId", array_agg("environmentId"::text) AS "environments" FROM "flag_environment" WHERE "enabled" AND "environmentId" = ANY(${[...environments.keys()]}::uuid[]) GROUP BY "flagId"`
  const waiting = await db.change.groupBy({ by: ['flagId'], where: { projectId, status: { in: [...OPEN_STATUSES] } }, _count: true })
  const experiments = await db.experiment.findMany({ where: { projectId }, select: { flagId: true, key: true, status: true, hypothesis: { select: { key: true } } }, orderBy: { createdAt: 'asc' } })

  const variantsOf = new Map(variants.map(({ flagId, items }) => [flagId, items]))
  const onIn = new Map(on.map((row) => [row.flagId, row.environments]))
  const waitingFor = new Map(waiting.map(({ flagId, _count }) => [flagId, _count]))
  const running = new Map(experiments.filter(({ status }) => status === 'running').map(({ flagId, key }) => [flagId, key]))
  const tested = new Map(experiments.map(({ flagId, hypothesis }) => [flagId, hypothesis.key]))
  for (const { flagId, status, hypothesis } of experiments) if (status === 'running') tested.set(flagId, hypothesis.key)
  return flags.map(({ archivedAt, changedAt, ...flag }) => ({
    ...flag,
    archivedAt: archivedAt?.toISOString() ?? null,
    changedAt: changedAt.toISOString(),
    variants: variantsOf.get(flag.id) ?? [],
    environments: (onIn.get(flag.id) ?? []).flatMap((id) => { const environment = environments.get(id); return environment === undefined ? [] : [{ environment, enabled: true }] }),
    openChanges: waitingFor.get(flag.id) ?? 0,
    running: running.get(flag.id) ?? null,
    hypothesis: tested.get(flag.id) ?? null,
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
  expectedRemoval: string | null
  archivedAt: Date | null
  changedAt: Date
}
