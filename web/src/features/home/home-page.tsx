import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { experimentsQuery, flagViewsQuery, inboxQuery, keysQuery } from '../../api/project-queries.ts'
import { usePermit, useProject } from '../../api/project.ts'
import { Failure } from '../../ui/failure.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Top } from '../../ui/top.tsx'
import { ConnectionsPanel } from './connections-panel.tsx'
import { homeLead } from './home-lead.ts'
import { isFresh } from './is-fresh.ts'
import { RecentPanel } from './recent-panel.tsx'
import { RunningPanel } from './running-panel.tsx'
import { WaitingPanel } from './waiting-panel.tsx'

/** An app that connects is no change that anybody is told of: while none has, Home looks for one. */
const LOOK_EVERY_MS = 5_000

const FirstFlagPanel = lazy(async () => ({ default: (await import('./first-flag-panel.tsx')).FirstFlagPanel }))

/** Where the project stands: what waits for the person who looks, what is running, and what was changed. */
export function HomePage() {
  const project = useProject()
  const mayReadKeys = usePermit('key.read').allowed
  const experiments = useQuery(experimentsQuery(project.key))
  const counts = useQuery(inboxQuery(project.key)).data?.counts
  const keys = useQuery({ ...keysQuery(project.key), enabled: mayReadKeys, refetchInterval: ({ state }) => (isFresh(state.data?.keys, undefined) ? LOOK_EVERY_MS : false) }).data?.keys
  const flags = useQuery({ ...flagViewsQuery(project.key), enabled: !mayReadKeys }).data
  const top = <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Home' }]} />

  if (experiments.isLoadingError) return <>{top}<Page title={project.name}><Failure error={experiments.error} onRetry={() => { void experiments.refetch() }} /></Page></>
  if (!experiments.data) return <>{top}<Loading rows={5} /></>
  const running = experiments.data.experiments.filter(({ status }) => status === 'running')

  return (
    <>
      {top}
      <Page title={project.name} lead={homeLead({ running: running.length, waiting: counts ? counts.now + counts.next + counts.later : null })}>
        <div className="columns">
          <div>
            {isFresh(mayReadKeys ? keys : undefined, flags) ? <Suspense><FirstFlagPanel project={project.key} /></Suspense> : null}
            <WaitingPanel project={project.key} />
            <RunningPanel project={project.key} experiments={running} />
          </div>
          <aside aria-label="Around the project">
            <ConnectionsPanel project={project} />
            <RecentPanel project={project.key} />
          </aside>
        </div>
      </Page>
    </>
  )
}
