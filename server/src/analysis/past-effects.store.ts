import { type Database, Prisma } from '../platform/postgres.ts'
import type { PastEffect } from './with-history.ts'

/**
 * What the finished experiments of a project found on some metrics, by the newest analysis of their last phase. Left out are `except`, and those
 * whose data are not sound. Snapshots from before the standard error was kept have nothing to say.
 */
export async function pastEffects(db: Database, projectId: string, except: string, metrics: readonly string[]): Promise<PastEffect[]> {
  if (metrics.length === 0) return []
  return db.$queryRaw<PastEffect[]>`
    WITH newest AS (
      SELECT DISTINCT ON (s."experimentId") e."key" AS "experiment", s."result"->'metrics' AS "metrics", s."verdictKind"
      FROM "analysis_snapshot" s JOIN "experiment" e ON e."id" = s."experimentId" AND e."phase" = s."phase"
      WHERE e."projectId" = ${projectId}::uuid AND e."key" <> ${except} AND e."endedAt" IS NOT NULL
      ORDER BY s."experimentId", s."at" DESC
    ), effects AS (
      SELECT DISTINCT n."experiment", m->>'key' AS "metric", c->>'arm' AS "arm", (c->>'lift')::float8 AS "lift", (c->>'liftSe')::float8 AS "liftSe", (c->>'p')::float8 AS "p"
      FROM newest n, jsonb_array_elements(n."metrics") m, jsonb_array_elements(m->'comparisons') c
      WHERE n."verdictKind" <> 'invalid' AND m->>'key' IN (${Prisma.join([...metrics])})
    )
    SELECT "experiment", "metric", "lift", "liftSe", "p" FROM effects WHERE "lift" IS NOT NULL AND "liftSe" > 0 ORDER BY "experiment", "metric", "arm"`
}
