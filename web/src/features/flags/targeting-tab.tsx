import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { FlagDetail } from '@assay/server/contract'
import { cohortsQuery, flagsQuery, layersQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { useMe } from '../../api/session.ts'
import { Empty } from '../../ui/empty.tsx'
import { namingOf } from '../../ui/serve/naming.ts'
import { DetailsPanel } from './details-panel.tsx'
import { EnvStrip } from './env-strip.tsx'
import { EnvironmentTargeting } from './environment-targeting.tsx'
import { preferredEnvironment, rememberedEnvironment } from './preferred-environment.ts'
import { RecentPanel } from './recent-panel.tsx'
import { WhyPanel } from './why-panel.tsx'

/** What the flag does, one environment at a time, beside why it exists and what was done to it lately. */
export function TargetingTab({ flag }: { flag: FlagDetail }) {
  const project = useProject()
  const me = useMe()
  const { env } = useSearch({ from: '/signed-in/p/$project/flags/$flag/$tab' })
  const navigate = useNavigate({ from: '/p/$project/flags/$flag/$tab' })
  const flags = useQuery(flagsQuery(project.key)).data?.flags ?? []
  const cohorts = useQuery(cohortsQuery(project.key)).data?.cohorts ?? []

  const layers = useQuery(layersQuery(project.key)).data?.layers ?? []

  const remembered = rememberedEnvironment(me.id)
  const environment = preferredEnvironment(project.environments, env, localStorage.getItem(remembered))
  useEffect(() => { if (environment) localStorage.setItem(remembered, environment.key) }, [environment, remembered])
  const state = flag.environments.find((item) => item.environment === environment?.key)
  if (!environment || !state) return <Empty title="There is no environment yet">An admin can add one under Settings.</Empty>

  const naming = namingOf(flag.variants, cohorts)
  return (
    <div className="columns">
      <div>
        <EnvStrip environments={project.environments} flag={flag} naming={naming} value={environment.key} onChange={(key) => { void navigate({ search: { env: key }, replace: true }) }} />
        <EnvironmentTargeting key={environment.key} flag={flag} environment={environment} state={state} flags={flags} cohorts={cohorts} layers={layers} naming={naming} />
      </div>
      <aside aria-label="About this flag">
        <WhyPanel flag={flag} />
        <DetailsPanel flag={flag} />
        <RecentPanel flag={flag} naming={naming} />
      </aside>
    </div>
  )
}
