import { Link } from '@tanstack/react-router'
import type { AuditEntry } from '@assay/server/contract'
import { useProject } from '../../api/project.ts'
import { Ago } from '../ago.tsx'
import { Avatar } from '../avatar.tsx'
import type { Naming } from '../serve/naming.ts'
import { auditPath, auditVerb, ownAuditVerb, saysItAll } from './audit-words.ts'
import { entryChanges } from './entry-changes.ts'
import css from './recent-list.module.css'

interface Props {
  entries: readonly AuditEntry[]
  naming: (entry: AuditEntry) => Naming
  /** False on the page of the object itself. */
  withObject?: boolean
}

/** The last changes in a line or two each. */
export function RecentList({ entries, naming, withObject = true }: Props) {
  const project = useProject()
  return (
    <ol className={css.list}>
      {entries.map((entry) => {
        const [first] = saysItAll(entry.action) ? [] : entryChanges(entry, naming(entry))
        const environment = project.environments.find(({ key }) => key === entry.environment)
        const path = auditPath(entry.entity)
        const link = `/p/${project.key}${path}`
        const verb = auditVerb(entry.action)
        return (
          <li key={entry.seq}>
            <Avatar name={entry.actor.name} size={22} />
            <div>
              {withObject ? <>{capital(verb)} {path === undefined ? <b>{entry.entity.key}</b> : <Link to={link}>{entry.entity.key}</Link>}</> : null}
              {first ? <span className={withObject ? css.change : undefined}><b>{first.subject}</b> {first.words}</span> : withObject ? null : <b>{capital(ownAuditVerb(entry.action))}</b>}
              <small>{entry.actor.name}{environment ? `, ${environment.name.toLowerCase()}` : ''}, <Ago at={entry.at} /></small>
            </div>
          </li>
        )
      })}
    </ol>
  )
}

function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
