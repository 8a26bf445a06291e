import { Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Navigate, useNavigate, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { experimentQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Loading } from '../../ui/loading.tsx'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Top } from '../../ui/top.tsx'
import { SETTLED_MS } from './experiments-queries.ts'
import { ExperimentMeta } from './experiment-meta.tsx'
import css from './experiment-page.module.css'
import { experimentTabs, tabOf } from './experiment-tab.ts'
import { concernsOf } from './health.ts'

// A form, charts and checks: each tab brings its own code only.
const SetupTab = lazy(async () => ({ default: (await import('./setup-tab.tsx')).SetupTab }))
const ResultsTab = lazy(async () => ({ default: (await import('./results-tab.tsx')).ResultsTab }))
const HealthTab = lazy(async () => ({ default: (await import('./health-tab.tsx')).HealthTab }))

export function ExperimentPage() {
  const project = useProject()
  const navigate = useNavigate()
  const { experiment = '', tab: asked } = useParams({ strict: false })
  const { data, error, refetch, dataUpdatedAt } = useQuery({ ...experimentQuery(project.key, experiment), refetchInterval: SETTLED_MS })
  // Numbers that are hidden stay shown on every tab once it is on record that somebody looks at them.
  const [revealed, setRevealed] = useState<string>()
  const crumbs = [{ label: project.name, to: `/p/${project.key}` }, { label: 'Experiments', to: `/p/${project.key}/experiments` }, { label: experiment }]
  if (!data) {
    return (
      <>
        <Top crumbs={crumbs} />
        {error ? <Failure error={error} onRetry={() => { void refetch() }} /> : <Loading />}
      </>
    )
  }
  const tab = tabOf(asked, data.status)
  const to = { to: '/p/$project/experiments/$experiment/$tab', params: { project: project.key, experiment } } as const
  if (tab !== asked) return <Navigate {...to} params={{ ...to.params, tab }} search={(old) => old} replace />
  const now = new Date(dataUpdatedAt)
  const concerns = concernsOf(data, now)
  return (
    <>
      <Top crumbs={crumbs} />
      <Page title={data.title} meta={<ExperimentMeta experiment={data} now={now} />}>
        {error ? <Notice tone="warn" alert>This could not be refreshed: {messageOf(error)} What is shown was loaded <Ago at={new Date(dataUpdatedAt).toISOString()} />.</Notice> : null}
        <Tabs value={tab} keepMounted={false} onChange={(next) => { if (next !== null) void navigate({ ...to, params: { ...to.params, tab: next }, search: (old) => old }) }}>
          <Tabs.List className={css.tabs ?? ''}>
            {experimentTabs.map(({ value, label }) => <Tabs.Tab key={value} value={value}>{label}{value === 'health' && concerns > 0 ? <span className={css.concerns}>{concerns}<span className="sr"> to look at</span></span> : null}</Tabs.Tab>)}
          </Tabs.List>
          <Suspense fallback={<Loading />}>
            {/* What was typed into a draft is kept while another tab is looked at. */}
            <Tabs.Panel value="setup" keepMounted={data.status === 'draft'}><SetupTab experiment={data} /></Tabs.Panel>
            <Tabs.Panel value="results"><ResultsTab experiment={data} revealed={revealed === data.key} onReveal={() => { setRevealed(data.key) }} /></Tabs.Panel>
            <Tabs.Panel value="health"><HealthTab experiment={data} revealed={revealed === data.key} now={now} /></Tabs.Panel>
          </Suspense>
        </Tabs>
      </Page>
    </>
  )
}
