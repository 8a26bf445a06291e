import type { MetricPlan } from '../contract/metrics.ts'
import { readSealedPlan } from '../experiments/read-sealed-plan.ts'
import type { Database } from '../platform/postgres.ts'

/** Sealed plans that name a metric, those of the newest experiments first, each phase with its own. */
export async function metricPlans(db: Database, projectId: string, key: string): Promise<MetricPlan[]> {
  // Canonical JSON has no spaces: what the text holds is looked for before it is read.
  const names = { contains: `"key":${JSON.stringify(key)}` }
  const experiments = await db.experiment.findMany({
    where: { projectId, plan: { not: null }, OR: [{ plan: names }, { phases: { some: { plan: names } } }] },
    select: { key: true, status: true, plan: true, hypothesis: { select: { title: true } }, phases: { select: { plan: true } } },
    orderBy: { createdAt: 'desc' },
  })
  return experiments.flatMap(({ key: experiment, status, plan, hypothesis, phases }) => {
    const sealed = new Map([...phases.map((phase) => phase.plan), ...(plan === null ? [] : [plan])].map((text) => readSealedPlan(text)).map((read) => [read.phase, read]))
    return [...sealed.values()].flatMap(({ phase, metrics }) => metrics.filter((metric) => metric.key === key).map(({ role, revision }) => ({ experiment, title: hypothesis.title, status, phase, role, revision })))
  })
}
