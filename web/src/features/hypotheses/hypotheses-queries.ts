import { routes, type ExperimentSetup, type HypothesisDraft, type Sealing } from '@assay/server/contract'
import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/client.ts'
import { experimentQuery, hypothesisQuery } from '../../api/project-queries.ts'
import { useProjectKey } from '../../api/project.ts'

export interface Writing {
  title: string
  change: string
  because: string
}

/** Past hypotheses that speak of the same. The last answer stays until the next is there. */
export function similarQuery(project: string, written: Writing, except: string | null) {
  return queryOptions({
    queryKey: ['similar', project, written, except],
    queryFn: () => call(routes.findSimilar, { params: { project }, body: { ...written, ...(except === null ? {} : { except }) } }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })
}

/** Writes of the wizard, each followed by what it makes stale. */
export function usePlanWrites() {
  const project = useProjectKey()
  const client = useQueryClient()
  const stale = (...parts: string[]) => Promise.all(parts.map((part) => client.invalidateQueries({ queryKey: [part, project] })))
  return {
    async create(draft: HypothesisDraft) {
      const saved = await call(routes.createHypothesis, { params: { project }, body: draft })
      client.setQueryData(hypothesisQuery(project, saved.key).queryKey, saved)
      await stale('hypotheses', 'tasks', 'learnings', 'audit')
      return saved
    },
    async save(key: string, basedOn: number, draft: HypothesisDraft) {
      const saved = await call(routes.saveHypothesis, { params: { project, hypothesis: key }, body: { basedOn, draft } })
      client.setQueryData(hypothesisQuery(project, key).queryKey, saved)
      // The checklist of a drafted experiment reads the plan.
      await stale('hypotheses', 'experiment', 'tasks', 'learnings', 'audit')
      return saved
    },
    /** The hypothesis as it stands now, such as after an experiment was drafted for it. */
    reread: (key: string) => client.fetchQuery({ ...hypothesisQuery(project, key), staleTime: 0 }),
    rereadExperiment: (key: string) => client.fetchQuery({ ...experimentQuery(project, key), staleTime: 0 }),
    /** Metrics and cohorts that a plan speaks of, as they stand now. */
    rereadParts: () => stale('metrics', 'cohorts'),
    async draftExperiment(hypothesis: string, setup: ExperimentSetup) {
      const drafted = await call(routes.createExperiment, { params: { project }, body: { hypothesis, setup } })
      await stale('experiments', 'hypotheses', 'hypothesis', 'audit')
      return drafted
    },
    async saveExperiment(experiment: string, basedOn: number, setup: ExperimentSetup) {
      const saved = await call(routes.saveExperiment, { params: { project, experiment }, body: { basedOn, setup } })
      await stale('experiments', 'experiment', 'audit')
      return saved
    },
    async start(experiment: string, basedOn: number, sealing: Sealing, reason: string) {
      const started = await call(routes.startExperiment, { params: { project, experiment }, body: { basedOn, sealing, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) } })
      await stale('experiments', 'experiment', 'hypotheses', 'hypothesis', 'flags', 'flag', 'layers', 'audit')
      return started
    },
    async createFlag(key: string, name: string) {
      const created = await call(routes.createFlag, { params: { project }, body: { key, name, kind: 'experiment', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })
      await stale('flags', 'audit')
      return created
    },
  }
}
