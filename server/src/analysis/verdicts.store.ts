import type { Verdict } from '../contract/analysis.ts'
import { type Database, Prisma, type Tx } from '../platform/postgres.ts'
import { standingVerdict } from './standing-verdict.ts'

/** The verdict that each of these experiments is known by; those that were never analysed are absent. */
export async function standingVerdicts(db: Database | Tx, experimentIds: readonly string[]): Promise<Map<string, Verdict>> {
  if (experimentIds.length === 0) return new Map()
  const ids = Prisma.join(experimentIds.map((id) => Prisma.sql`${id}::uuid`))
  const verdicts = (which: Prisma.Sql, order: Prisma.Sql) => db.$queryRaw<{ id: string; verdict: Verdict }[]>`
    SELECT DISTINCT ON (s."experimentId") s."experimentId"::text AS "id", s."result"->'verdict' AS "verdict"
    FROM "analysis_snapshot" s JOIN "experiment" e ON e."id" = s."experimentId" AND e."phase" = s."phase"
    WHERE s."experimentId" IN (${ids}) AND ${which}
    ORDER BY s."experimentId", s."at" ${order}`
  const newest = await verdicts(Prisma.sql`true`, Prisma.sql`DESC`)
  const firstFinal = new Map((await verdicts(Prisma.sql`s."verdictFinal"`, Prisma.sql`ASC`)).map((row) => [row.id, row.verdict]))
  return new Map(newest.map(({ id, verdict }) => [id, standingVerdict(firstFinal.get(id) ?? null, verdict)]))
}
