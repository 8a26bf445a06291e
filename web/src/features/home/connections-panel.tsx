import { useQueries } from '@tanstack/react-query'
import { IconCircleCheck, IconCircleDashed, IconRefresh } from '@tabler/icons-react'
import type { Project } from '@assay/server/contract'
import { connectionsQuery } from '../../api/project-queries.ts'
import { EnvTag } from '../../ui/env-tag.tsx'
import { Panel } from '../../ui/panel.tsx'
import { connectedText } from './connected-text.ts'
import css from './home.module.css'

/** Per environment, how many connected SDKs have what is live. */
export function ConnectionsPanel({ project }: { project: Project }) {
  const queries = useQueries({ queries: project.environments.map(({ key }) => connectionsQuery(project.key, key)) })
  return (
    <Panel title="Connected SDKs">
      <ul className={css.connections}>
        {project.environments.map(({ key, name, production }, index) => {
          const data = queries[index]?.data
          const all = data !== undefined && data.connected > 0 && data.upToDate === data.connected
          return (
            <li key={key}>
              <EnvTag name={name} production={production} />
              <span className={all ? css.all : css.connected}>
                {all ? <IconCircleCheck size={15} aria-hidden /> : data && data.connected > 0 ? <IconRefresh size={15} aria-hidden /> : <IconCircleDashed size={15} aria-hidden />}
                {data ? connectedText(data) : 'Looking'}
              </span>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
