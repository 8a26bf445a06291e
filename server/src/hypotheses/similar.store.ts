import { standingVerdicts } from '../analysis/verdicts.store.ts'
import type { SimilarHypothesis } from '../contract/learnings.ts'
import { Prisma, type Database } from '../platform/postgres.ts'

const AT_MOST = 5
/** One word in common is chance. */
const SHARED_AT_LEAST = 2

interface Written {
  title: string
  change: string
  because: string
  except?: string | undefined
}

/**
 * Hypotheses that share words with one that is being written, in their own text or in what was learned from them. Words are PostgreSQL's: stemmed, without
 * the little ones. The title weighs most.
 */
export function createSimilarStore(db: Database) {
  return {
    async find(projectId: string, { title, change, because, except = '' }: Written): Promise<SimilarHypothesis[]> {
      const words = `${title} ${change} ${because}`
      const found = await db.$queryRaw<{ id: string; shared: number }[]>(Prisma.sql`
        WITH asked AS (SELECT tsvector_to_array(to_tsvector('english', ${words})) AS "words"),
        query AS (SELECT replace(plainto_tsquery('english', ${words})::text, ' & ', ' | ')::tsquery AS "any"),
        document AS (
          SELECT h."id", h."createdAt",
            setweight(to_tsvector('english', h."title"), 'A')
            || setweight(to_tsvector('english', coalesce(h."draft"->>'change', '') || ' ' || coalesce(h."draft"->>'because', '')), 'B')
            || setweight(to_tsvector('english', coalesce((SELECT string_agg(l."text", ' ') FROM "learning" l WHERE l."hypothesisId" = h."id"), '')), 'C') AS "vector"
          FROM "hypothesis" h WHERE h."projectId" = ${projectId}::uuid AND h."key" <> ${except}
        ),
        matched AS (
          SELECT d."id", d."createdAt", ts_rank(d."vector", query."any", 1) AS "rank",
            cardinality(ARRAY(SELECT unnest(tsvector_to_array(d."vector")) INTERSECT SELECT unnest(asked."words")))::int AS "shared"
          FROM document d, asked, query WHERE d."vector" @@ query."any"
        )
        SELECT "id"::text AS "id", "shared" FROM matched WHERE "shared" >= ${SHARED_AT_LEAST} ORDER BY "rank" DESC, "createdAt" DESC LIMIT ${AT_MOST}`)
      const rows = await db.hypothesis.findMany({
        where: { id: { in: found.map(({ id }) => id) } },
        select: {
          id: true, key: true, title: true, level: true,
          experiments: { where: { startedAt: { not: null } }, orderBy: { createdAt: 'desc' }, select: { id: true, key: true, status: true } },
          learnings: { orderBy: { at: 'desc' }, select: { text: true, evidence: true, wrong: true, experiment: { select: { key: true } } } },
        },
      })
      const verdicts = await standingVerdicts(db, rows.flatMap(({ experiments }) => experiments.map(({ id }) => id)))
      return found.flatMap(({ id, shared }) => {
        const row = rows.find((each) => each.id === id)
        if (!row) return []
        return [{
          key: row.key,
          title: row.title,
          level: row.level,
          shared,
          verdicts: row.experiments.map((experiment) => ({ experiment: experiment.key, status: experiment.status, verdict: verdicts.get(experiment.id)?.kind ?? null })),
          learnings: row.learnings.map(({ text, evidence, wrong, experiment }) => ({ experiment: experiment.key, text, evidence: evidence as SimilarHypothesis['learnings'][number]['evidence'], wrong })),
        }]
      })
    },
  }
}
