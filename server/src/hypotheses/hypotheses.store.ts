import { standingVerdicts } from '../analysis/verdicts.store.ts'
import type { Verdict } from '../contract/analysis.ts'
import type { Hypothesis, HypothesisDraft } from '../contract/hypotheses.ts'
import type { Database, Tx } from '../platform/postgres.ts'
import { missingFromDraft } from './missing.ts'

const withExperiments = {
  experiments: {
    orderBy: { createdAt: 'desc' },
    include: { environment: { select: { key: true } }, flag: { select: { key: true } } },
  },
} as const

type Row = Awaited<ReturnType<typeof rowsOf>>[number]

export function createHypothesesStore(db: Database | Tx) {
  return {
    async list(projectId: string): Promise<Hypothesis[]> {
      const rows = await rowsOf(db, projectId)
      const verdicts = await verdictsOf(db, rows)
      return rows.map((row) => toHypothesis(row, verdicts))
    },

    async find(projectId: string, key: string): Promise<(Hypothesis & { id: string }) | null> {
      const row = await db.hypothesis.findUnique({ where: { projectId_key: { projectId, key } }, include: withExperiments })
      return row ? { id: row.id, ...toHypothesis(row, await verdictsOf(db, [row])) } : null
    },

    /** Takes the project's next number: call it inside the transaction that inserts. */
    async insert(projectId: string, draft: HypothesisDraft, by: string, at: Date): Promise<Hypothesis> {
      const { hypothesisCount } = await db.project.update({ where: { id: projectId }, data: { hypothesisCount: { increment: 1 } }, select: { hypothesisCount: true } })
      const data = { projectId, key: `H-${hypothesisCount}`, title: draft.title, draft, createdBy: by, createdAt: at, changedBy: by, changedAt: at }
      return toHypothesis(await db.hypothesis.create({ data, include: withExperiments }), new Map())
    },

    async update(id: string, draft: HypothesisDraft, changedBy: string, changedAt: Date): Promise<Hypothesis> {
      const data = { title: draft.title, draft, changedBy, changedAt, revision: { increment: 1 } }
      const row = await db.hypothesis.update({ where: { id }, data, include: withExperiments })
      return toHypothesis(row, await verdictsOf(db, [row]))
    },

    async setLevel(id: string, level: number): Promise<void> {
      await db.hypothesis.update({ where: { id }, data: { level } })
    },
  }
}

function rowsOf(db: Database | Tx, projectId: string) {
  return db.hypothesis.findMany({ where: { projectId }, orderBy: { createdAt: 'desc' }, include: withExperiments })
}

function verdictsOf(db: Database | Tx, rows: readonly Row[]): Promise<Map<string, Verdict>> {
  return standingVerdicts(db, rows.flatMap((row) => row.experiments.map((experiment) => experiment.id)))
}

function toHypothesis(row: Row, verdicts: ReadonlyMap<string, Verdict>): Hypothesis {
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
    experiments: row.experiments.map((experiment) => ({
      key: experiment.key,
      status: experiment.status,
      flag: experiment.flag.key,
      environment: experiment.environment.key,
      verdict: verdicts.get(experiment.id)?.kind ?? null,
    })),
  }
}
