import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { cohortsQuery, experimentsQuery, flagNamesQuery, hypothesisQuery, membersQuery, metricsQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { Failure } from '../../ui/failure.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Top } from '../../ui/top.tsx'
import { nextForm } from './next-form.ts'
import { Wizard } from './wizard.tsx'
import { stepOf } from './wizard-steps.ts'

/** Writes a new hypothesis, or goes on with one. */
export function HypothesisWizardPage() {
  const project = useProject()
  const { hypothesis: key } = useParams({ strict: false })
  const { step, from, kind } = useSearch({ strict: false })
  const source = useQuery({ ...hypothesisQuery(project.key, from ?? ''), enabled: key === undefined && from !== undefined })
  const hypothesis = useQuery({ ...hypothesisQuery(project.key, key ?? ''), enabled: key !== undefined })
  const experiments = useQuery(experimentsQuery(project.key))
  const own = experiments.data?.experiments.filter((experiment) => experiment.hypothesis === key)
  const flags = useQuery({ ...flagNamesQuery(project.key, own?.map(({ flag }) => flag) ?? []), enabled: own !== undefined, placeholderData: keepPreviousData })
  const parts = [useQuery(metricsQuery(project.key)), useQuery(cohortsQuery(project.key)), useQuery(membersQuery(project.key)), flags, experiments] as const
  const [metrics, cohorts, members] = parts
  const board = { label: 'Hypotheses', to: `/p/${project.key}/hypotheses` }
  const crumbs = [{ label: project.name, to: `/p/${project.key}` }, board, ...(key === undefined ? [{ label: 'New hypothesis' }] : [{ label: key, to: `/p/${project.key}/hypotheses/${key}` }, { label: 'Edit' }])]
  const error = hypothesis.error ?? source.error ?? parts.find((part) => part.error)?.error

  const body = () => {
    // What was loaded stays, with what is being written, also while the server is away.
    if (!metrics.data || !cohorts.data || !flags.data || !own || !members.data || (key !== undefined && !hypothesis.data) || (key === undefined && from !== undefined && !source.data)) {
      return error ? <Failure error={error} onRetry={() => { void hypothesis.refetch(); void source.refetch(); for (const part of parts) void part.refetch() }} /> : <Loading />
    }
    return (
      <Wizard
        key={key ?? 'new'}
        step={stepOf(step)}
        hypothesis={hypothesis.data ?? null}
        start={source.data && nextForm(source.data, kind === 'replication' ? 'replication' : 'follow_up')}
        experiments={own}
        choices={{ metrics: metrics.data.metrics, cohorts: cohorts.data.cohorts, flags: flags.data.flags, members: members.data.members }}
      />
    )
  }
  return (
    <>
      <Top crumbs={crumbs} />
      <Page title={hypothesis.data?.title ?? (key === undefined ? 'New hypothesis' : key)}>{body()}</Page>
    </>
  )
}
