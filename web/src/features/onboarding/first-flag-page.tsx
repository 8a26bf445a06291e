import { Button } from '@mantine/core'
import { IconFlag3, IconKey } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { keysQuery } from '../../api/project-queries.ts'
import { usePermit, useProject } from '../../api/project.ts'
import { Empty } from '../../ui/empty.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Top } from '../../ui/top.tsx'
import { firstEnvironment } from './first-flag.ts'
import { firstFlagQuery } from './first-flag-queries.ts'
import { FirstFlagSteps } from './first-flag-steps.tsx'

/** From nothing to an app that asks for a flag, and sees it change. */
export function FirstFlagPage() {
  const project = useProject()
  const permit = usePermit('flag.write')
  const keys = useQuery({ ...keysQuery(project.key), enabled: permit.allowed })
  const flag = useQuery({ ...firstFlagQuery(project.key), enabled: permit.allowed })
  const environment = firstEnvironment(project.environments)
  // Once here, somebody stays: the project is in use as soon as their app asks.
  const [stays, setStays] = useState(false)
  const settings = (section: string, label: string) => <Button variant="default" renderRoot={(props) => <Link to="/p/$project/settings/$section" params={{ project: project.key, section }} {...props} />}>{label}</Button>

  const body = () => {
    if (!permit.allowed) return <Empty icon={<IconKey size={28} stroke={1.6} />} title="An engineer connects the first app">{permit.why}</Empty>
    if (environment === null) return <Empty icon={<IconFlag3 size={28} stroke={1.6} />} title="There is production only" action={settings('environments', 'Go to environments')}>A first try belongs where it harms nobody: add an environment that is not production.</Empty>
    const error = flag.error ?? keys.error
    if (error) return <Failure error={error} onRetry={() => { void flag.refetch(); void keys.refetch() }} />
    if (flag.data === undefined || !keys.data) return <Loading />
    if (!stays && flag.data === null && keys.data.keys.some(({ lastUsedAt }) => lastUsedAt !== null)) {
      return (
        <Empty icon={<IconFlag3 size={28} stroke={1.6} />} title="Apps are connected here already" action={<Button renderRoot={(props) => <Link to="/p/$project/flags" params={{ project: project.key }} {...props} />}>Go to flags</Button>}>
          This page is for a project that no app has asked yet. A new flag is made under Flags, a new key under Settings.
        </Empty>
      )
    }
    if (flag.data?.archivedAt) return <Empty icon={<IconFlag3 size={28} stroke={1.6} />} title="The first flag is archived" action={<Button renderRoot={(props) => <Link to="/p/$project/flags" params={{ project: project.key }} {...props} />}>Go to flags</Button>}>It has done its work. A new flag is made under Flags.</Empty>
    return <FirstFlagSteps project={project.key} environment={environment} flag={flag.data} onBegun={() => { setStays(true) }} />
  }
  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Your first flag' }]} />
      <Page title="Your first flag" lead="Two minutes: your app asks, you press a switch, and your app changes.">{body()}</Page>
    </>
  )
}
