import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { FlagDetail } from '@assay/server/contract'
import { lazy, Suspense } from 'react'
import { cohortsQuery, layersQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { Empty } from '../../ui/empty.tsx'
import { usePreferredEnvironment, useRememberEnvironment } from '../../ui/preferred-environment/use-preferred-environment.ts'
import { namingOf } from '../../ui/serve/naming.ts'
import { EnvStrip } from './env-strip.tsx'
import { EnvironmentTargeting } from './environment-targeting.tsx'

const DetailsPanel = lazy(async () => ({ default: (await import('./details-panel.tsx')).DetailsPanel }))
const RecentPanel = lazy(async () => ({ default: (await import('./recent-panel.tsx')).RecentPanel }))
const TasksPanel = lazy(async () => ({ default: (await import('../../ui/tasks/tasks-panel.tsx')).TasksPanel }))
const WhyPanel = lazy(async () => ({ default: (await import('./why-panel.tsx')).WhyPanel }))

/** What the flag does, one environment at a time, beside why it exists and what was done to it lately. */
export function TargetingTab({ flag }: { flag: FlagDetail }) {
  const project = useProject()
  const { env } = useSearch({ from: '/signed-in/p/$project/flags/$flag/$tab' })
  const navigate = useNavigate({ from: '/p/$project/flags/$flag/$tab' })
  const cohorts = useQuery(cohortsQuery(project.key)).data?.cohorts ?? []
  const layers = useQuery(layersQuery(project.key)).data?.layers ?? []

  const environment = usePreferredEnvironment(env)
  useRememberEnvironment(environment?.key)
  const state = flag.environments.find((item) => item.environment === environment?.key)
  if (!environment || !state) return <Empty title="There is no environment yet">An admin can add one under Settings.</Empty>

  const naming = namingOf(flag.variants, cohorts)
  return (
    <div className="columns">
      <div>
        <EnvStrip environments={project.environments} flag={flag} naming={naming} value={environment.key} onChange={(key) => { void navigate({ search: { env: key }, replace: true }) }} />
        <EnvironmentTargeting key={environment.key} flag={flag} environment={environment} state={state} cohorts={cohorts} layers={layers} naming={naming} />
      </div>
      <aside aria-label="About this flag">
        <Suspense>
          <WhyPanel flag={flag} />
          <TasksPanel about={{ flag: flag.key }} />
          <DetailsPanel flag={flag} />
          <RecentPanel flag={flag} naming={naming} />
        </Suspense>
      </aside>
    </div>
  )
}
