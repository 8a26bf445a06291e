import { useQuery } from '@tanstack/react-query'
import { IconCircleCheck, IconCircleDashed, IconRefresh } from '@tabler/icons-react'
import { connectionsQuery } from '../../api/project-queries.ts'
import css from './live-on.module.css'
import { liveOnText } from './live-on-text.ts'

/** How many connected SDKs hold the newest ruleset of an environment, and how soon all did, by their own acknowledgements. */
export function LiveOn({ project, environment }: { project: string; environment: string }) {
  const { data } = useQuery(connectionsQuery(project, environment))
  if (!data) return <p className={css.live} role="status">Looking for connected SDKs</p>
  const behind = data.upToDate < data.connected
  return (
    <p className={`${css.live} ${data.connected > 0 && !behind ? css.all : ''}`} role="status">
      {data.connected === 0 ? <IconCircleDashed size={15} aria-hidden /> : behind ? <IconRefresh size={15} aria-hidden /> : <IconCircleCheck size={15} aria-hidden />}
      {liveOnText(data)}
    </p>
  )
}
