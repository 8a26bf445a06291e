import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { auditQuery, cohortsQuery, experimentsQuery, flagsQuery, inboxQuery, keysQuery } from '../../api/project-queries.ts'
import { usePermit, useProject } from '../../api/project.ts'
import { entryNaming } from '../../ui/changes/entry-naming.ts'
import { Failure } from '../../ui/failure.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Top } from '../../ui/top.tsx'
import { ConnectionsPanel } from './connections-panel.tsx'
import { homeLead } from './home-lead.ts'
import { RunningPanel } from './running-panel.tsx'
import { WaitingPanel } from './waiting-panel.tsx'

const FirstFlagPanel = lazy(async () => ({ default: (await import('./first-flag-panel.tsx')).FirstFlagPanel }))
const RecentList = lazy(async () => ({ default: (await import('../../ui/changes/recent-list.tsx')).RecentList }))

const RECENT = 6

/** Where the project stands: what waits for the person who looks, what is running, and what was changed. */
export function HomePage() {
  const project = useProject()
  const mayReadKeys = usePermit('key.read').allowed
  const flags = useQuery(flagsQuery(project.key))
  const experiments = useQuery(experimentsQuery(project.key))
  const counts = useQuery(inboxQuery(project.key)).data?.counts
  const cohorts = useQuery(cohortsQuery(project.key)).data?.cohorts ?? []
  const keys = useQuery({ ...keysQuery(project.key), enabled: mayReadKeys }).data?.keys
  const audit = useInfiniteQuery(auditQuery(project.key, {}, RECENT))
  const parts = [flags, experiments]
  const failed = parts.find(({ isLoadingError }) => isLoadingError)
  const top = <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Home' }]} />

  if (failed) return <>{top}<Page title={project.name}><Failure error={failed.error} onRetry={() => { for (const part of parts) void part.refetch() }} /></Page></>
  if (!flags.data || !experiments.data) return <>{top}<Loading rows={5} /></>
  const running = experiments.data.experiments.filter(({ status }) => status === 'running')
  const asked = keys?.some(({ lastUsedAt }) => lastUsedAt !== null) ?? true
  const isFresh = flags.data.flags.length === 0 || !asked

  return (
    <>
      {top}
      <Page title={project.name} lead={homeLead({ running: running.length, waiting: counts ? counts.now + counts.next + counts.later : null })}>
        <div className="columns">
          <div>
            {isFresh ? <Suspense><FirstFlagPanel project={project.key} /></Suspense> : null}
            <WaitingPanel project={project.key} />
            <RunningPanel project={project.key} experiments={running} />
          </div>
          <aside aria-label="Around the project">
            <ConnectionsPanel project={project} />
            <Panel title="Recent changes" aside={<Link to="/p/$project/audit" params={{ project: project.key }}>Audit log</Link>}>
              <Suspense fallback={<Loading rows={3} />}><RecentList entries={audit.data?.pages[0]?.entries ?? []} naming={(entry) => entryNaming(entry, flags.data.flags, cohorts)} /></Suspense>
            </Panel>
          </aside>
        </div>
      </Page>
    </>
  )
}
