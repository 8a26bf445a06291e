import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { FlagDetail } from '@assay/server/contract'
import { auditQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { auditVerb } from '../../ui/changes/audit-words.ts'
import { entryChanges } from '../../ui/changes/entry-changes.ts'
import { Panel } from '../../ui/panel.tsx'
import type { Naming } from '../../ui/serve/naming.ts'
import css from './rail.module.css'

const FEW = 4

/** The last things done to this flag, in words. */
export function RecentPanel({ flag, naming }: { flag: FlagDetail; naming: Naming }) {
  const project = useProject()
  const { data } = useInfiniteQuery(auditQuery(project.key, { kind: 'flag', key: flag.key }, FEW))
  const entries = data?.pages[0]?.entries ?? []
  return (
    <Panel title="Recent changes" aside={<Link to="/p/$project/flags/$flag/$tab" params={{ project: project.key, flag: flag.key, tab: 'history' }}>All</Link>}>
      <ol className={css.recent}>
        {entries.map((entry) => {
          const [first] = entryChanges(entry, naming)
          const environment = project.environments.find(({ key }) => key === entry.environment)
          return (
            <li key={entry.seq}>
              <Avatar name={entry.actor.name} size={22} />
              <div>
                {first ? <><b>{first.subject}</b> {first.words}</> : <b>{sentence(auditVerb(entry.action))}</b>}
                <small>{entry.actor.name}{environment ? `, ${environment.name.toLowerCase()}` : ''}, <Ago at={entry.at} /></small>
              </div>
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}

function sentence(verb: string): string {
  return `${verb.charAt(0).toUpperCase()}${verb.slice(1)}`
}
