import type { Learning } from '../contract/learnings.ts'
import { Prisma, type Database, type Tx } from '../platform/postgres.ts'
import { FOUND_FROM, FOUND_TO, snippetPieces } from './snippet.ts'

/** What a decision writes down. */
export interface NewLearning {
  projectId: string
  experimentId: string
  hypothesisId: string
  title: string
  belief: string
  text: string
  verdict: Learning['verdict']
  choice: Learning['choice']
  evidence: Learning['evidence']
  wrong: boolean
  /** Key of the primary metric. */
  metric: string
  lift: number | null
  liftLower: number | null
  liftUpper: number | null
  at: Date
  by: string
}

/** A learning as it is stored: what others say about it is not in it. */
export type StoredLearning = Omit<Learning, 'replication' | 'contradictedBy'>

const related = { experiment: { select: { key: true } }, hypothesis: { select: { key: true } } } as const
const newestFirst = [{ at: 'desc' }, { id: 'desc' }] as const satisfies Prisma.LearningOrderByWithRelationInput[]

export function createLearningsStore(db: Database | Tx) {
  return {
    async insert(learning: NewLearning): Promise<void> {
      await db.learning.create({ data: learning })
    },

    /** How often an experiment left its plan while it ran. Its end is none of it: an early stop leaves fewer data, and none that are worse. */
    async deviationsOf(experimentId: string): Promise<number> {
      return db.experimentDeviation.count({ where: { experimentId, what: { not: 'stopped' } } })
    },

    /** Newest first. */
    async list(projectId: string): Promise<StoredLearning[]> {
      const metrics = await db.metric.findMany({ where: { projectId }, select: { key: true, name: true } })
      const names = new Map(metrics.map(({ key, name }) => [key, name]))
      const rows = await db.learning.findMany({ where: { projectId }, orderBy: [...newestFirst], include: related })
      return rows.map((row) => ({
        experiment: row.experiment.key,
        hypothesis: row.hypothesis.key,
        title: row.title,
        belief: row.belief,
        text: row.text,
        verdict: row.verdict as Learning['verdict'],
        choice: row.choice as Learning['choice'],
        evidence: row.evidence as Learning['evidence'],
        wrong: row.wrong,
        metric: { key: row.metric, name: names.get(row.metric) ?? row.metric },
        lift: row.lift,
        liftLower: row.liftLower,
        liftUpper: row.liftUpper,
        at: row.at.toISOString(),
        by: row.by,
      }))
    },

    /**
     * Experiments whose learning has the words, the best matches first, with the part of the text that matched. `words` is what people type into a search box:
     * "quoted phrases", -without, either or other.
     */
    async search(projectId: string, words: string): Promise<Map<string, NonNullable<Learning['snippet']>>> {
      const options = `StartSel=${FOUND_FROM}, StopSel=${FOUND_TO}, MaxFragments=2, MaxWords=30, MinWords=12, FragmentDelimiter=" … "`
      const rows = await db.$queryRaw<{ experiment: string; snippet: string }[]>(Prisma.sql`
        SELECT e."key" AS "experiment", ts_headline('english', l."title" || '. ' || l."text" || ' ' || l."belief", query, ${options}) AS "snippet"
        FROM "learning" l JOIN "experiment" e ON e."id" = l."experimentId", websearch_to_tsquery('english', ${words}) query
        WHERE l."projectId" = ${projectId}::uuid AND to_tsvector('english', l."title" || ' ' || l."belief" || ' ' || l."text") @@ query
        ORDER BY ts_rank_cd(setweight(to_tsvector('english', l."title"), 'A') || setweight(to_tsvector('english', l."text"), 'B') || setweight(to_tsvector('english', l."belief"), 'C'), query) DESC, l."at" DESC
        LIMIT 200`)
      return new Map(rows.map(({ experiment, snippet }) => [experiment, snippetPieces(snippet)]))
    },
  }
}
