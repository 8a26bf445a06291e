import type { Verdict } from '../contract/analysis.ts'
import { extended } from '../experiments/effective-plan.ts'
import { type Database, Prisma, type Tx } from '../platform/postgres.ts'
import { standingVerdict } from './standing-verdict.ts'

/**
 * The verdict that each of these experiments is known by; those that were never analysed are absent. A final verdict that answered
 * nothing stands no longer once people have extended the phase: they asked on, and the record of deviations says so.
 */
export async function standingVerdicts(db: Database | Tx, experimentIds: readonly string[]): Promise<Map<string, Verdict>> {
  if (experimentIds.length === 0) return new Map()
  const ids = Prisma.join(experimentIds.map((id) => Prisma.sql`${id}::uuid`))
  const verdicts = (which: Prisma.Sql, order: Prisma.Sql) => db.$queryRaw<{ id: string; verdict: Verdict }[]>`
    SELECT DISTINCT ON (s."experimentId") s."experimentId"::text AS "id", s."result"->'verdict' AS "verdict"
    FROM "analysis_snapshot" s JOIN "experiment" e ON e."id" = s."experimentId" AND e."phase" = s."phase"
    WHERE s."experimentId" IN (${ids}) AND ${which}
    ORDER BY s."experimentId", s."at" ${order}`
  const newest = await verdicts(Prisma.sql`true`, Prisma.sql`DESC`)
  const answered = Prisma.sql`s."verdictFinal" AND NOT (s."verdictKind" = 'inconclusive' AND EXISTS (
    SELECT 1 FROM "experiment_deviation" d WHERE d."experimentId" = s."experimentId" AND d."phase" = s."phase" AND d."at" >= s."at" AND d."what" IN (${extended.plannedUnits}, ${extended.plannedDays})))`
  const firstFinal = new Map((await verdicts(answered, Prisma.sql`ASC`)).map((row) => [row.id, row.verdict]))
  return new Map(newest.map(({ id, verdict }) => [id, standingVerdict(firstFinal.get(id) ?? null, verdict)]))
}
