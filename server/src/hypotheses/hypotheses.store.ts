import { standingVerdicts } from '../analysis/verdicts.store.ts'
import type { Verdict } from '../contract/analysis.ts'
import type { Hypothesis, HypothesisDraft } from '../contract/hypotheses.ts'
import { lintHypothesis } from '../contract/lint-hypothesis.ts'
import type { Metric } from '../contract/metrics.ts'
import { createMetricsStore } from '../metrics/metrics.store.ts'
import type { Database, Tx } from '../platform/postgres.ts'
import { missingFromDraft } from './missing.ts'
import { followersOf } from './related.ts'

const withExperiments = {
  experiments: {
    orderBy: { createdAt: 'desc' },
    include: { environment: { select: { key: true } }, flag: { select: { key: true } } },
  },
} as const

type Row = Awaited<ReturnType<typeof rowsOf>>[number]

/** What the rows of other tables say about hypotheses. */
interface Around {
  verdicts: ReadonlyMap<string, Verdict>
  metrics: readonly Metric[]
  named: Awaited<ReturnType<typeof namedOf>>
}

export function createHypothesesStore(db: Database | Tx) {
  return {
    async list(projectId: string): Promise<Hypothesis[]> {
      const rows = await rowsOf(db, projectId)
      const around = await aroundOf(db, projectId, rows)
      return rows.map((row) => toHypothesis(row, around))
    },

    async find(projectId: string, key: string): Promise<(Hypothesis & { id: string }) | null> {
      const row = await db.hypothesis.findUnique({ where: { projectId_key: { projectId, key } }, include: withExperiments })
      return row ? { id: row.id, ...toHypothesis(row, await aroundOf(db, projectId, [row])) } : null
    },

    /** Key, title and relation of every hypothesis of a project, newest first. */
    named: (projectId: string) => namedOf(db, projectId),

    /** Takes the project's next number: call it inside the transaction that inserts. */
    async insert(projectId: string, draft: HypothesisDraft, by: string, at: Date): Promise<Hypothesis> {
      const { hypothesisCount } = await db.project.update({ where: { id: projectId }, data: { hypothesisCount: { increment: 1 } }, select: { hypothesisCount: true } })
      const data = { projectId, key: `H-${hypothesisCount}`, title: draft.title, draft, createdBy: by, createdAt: at, changedBy: by, changedAt: at }
      const row = await db.hypothesis.create({ data, include: withExperiments })
      return toHypothesis(row, await aroundOf(db, projectId, [row]))
    },

    async update(id: string, draft: HypothesisDraft, changedBy: string, changedAt: Date): Promise<Hypothesis> {
      const data = { title: draft.title, draft, changedBy, changedAt, revision: { increment: 1 } }
      const row = await db.hypothesis.update({ where: { id }, data, include: withExperiments })
      return toHypothesis(row, await aroundOf(db, row.projectId, [row]))
    },

    async setLevel(id: string, level: number): Promise<void> {
      await db.hypothesis.update({ where: { id }, data: { level } })
    },
  }
}

function rowsOf(db: Database | Tx, projectId: string) {
  return db.hypothesis.findMany({ where: { projectId }, orderBy: { createdAt: 'desc' }, include: withExperiments })
}

async function namedOf(db: Database | Tx, projectId: string) {
  const rows = await db.hypothesis.findMany({ where: { projectId }, orderBy: { createdAt: 'desc' }, select: { key: true, title: true, draft: true } })
  return rows.map(({ key, title, draft }) => {
    const { relatedTo } = draft as unknown as HypothesisDraft
    return { key, title, ...(relatedTo ? { relatedTo } : {}) }
  })
}

async function aroundOf(db: Database | Tx, projectId: string, rows: readonly Row[]): Promise<Around> {
  const verdicts = await standingVerdicts(db, rows.flatMap((row) => row.experiments.map((experiment) => experiment.id)))
  return { verdicts, metrics: await createMetricsStore(db).list(projectId), named: await namedOf(db, projectId) }
}

function toHypothesis(row: Row, { verdicts, metrics, named }: Around): Hypothesis {
  const draft = row.draft as unknown as HypothesisDraft
  const missing: Hypothesis['missing'] = missingFromDraft(draft)
  if (row.experiments.length === 0) missing.push({ field: 'experiment', message: 'Needs exposure: say which flag shows the change, and to whom.' })
  return {
    key: row.key,
    ...draft,
    level: row.level,
    revision: row.revision,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    changedAt: row.changedAt.toISOString(),
    changedBy: row.changedBy,
    missing,
    advice: lintHypothesis(draft, metrics),
    followedBy: followersOf(row.key, named),
    experiments: row.experiments.map((experiment) => ({
      key: experiment.key,
      status: experiment.status,
      flag: experiment.flag.key,
      environment: experiment.environment.key,
      verdict: verdicts.get(experiment.id)?.kind ?? null,
    })),
  }
}
