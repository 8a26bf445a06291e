import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { experimentQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Loading } from '../../ui/loading.tsx'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Top } from '../../ui/top.tsx'
import { experimentAge } from './experiments-queries.ts'
import { ExperimentMeta } from './experiment-meta.tsx'

// A draft is a form, the rest is charts: each brings its own code only.
const DraftData = lazy(async () => ({ default: (await import('./draft-data.tsx')).DraftData }))
const Results = lazy(async () => ({ default: (await import('./results.tsx')).Results }))

export function ExperimentPage() {
  const project = useProject()
  const { experiment = '' } = useParams({ strict: false })
  const { data, error, refetch, dataUpdatedAt } = useQuery({ ...experimentQuery(project.key, experiment), refetchInterval: experimentAge })
  const crumbs = [{ label: project.name, to: `/p/${project.key}` }, { label: 'Experiments', to: `/p/${project.key}/experiments` }, { label: experiment }]
  if (!data) {
    return (
      <>
        <Top crumbs={crumbs} />
        {error ? <Failure error={error} onRetry={() => { void refetch() }} /> : <Loading />}
      </>
    )
  }
  return (
    <>
      <Top crumbs={crumbs} />
      <Page title={data.title} meta={<ExperimentMeta experiment={data} now={new Date(dataUpdatedAt)} />}>
        {error ? <Notice tone="warn" alert>This could not be refreshed: {messageOf(error)} What is shown was loaded <Ago at={new Date(dataUpdatedAt).toISOString()} />.</Notice> : null}
        <Suspense fallback={<Loading />}>{data.status === 'draft' ? <DraftData experiment={data} /> : <Results experiment={data} />}</Suspense>
      </Page>
    </>
  )
}
