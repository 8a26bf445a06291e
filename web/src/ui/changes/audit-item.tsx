import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useId, useState, type ReactNode } from 'react'
import type { AuditEntry } from '@assay/server/contract'
import { useProject } from '../../api/project.ts'
import { Ago } from '../ago.tsx'
import { Avatar } from '../avatar.tsx'
import { EnvTag } from '../env-tag.tsx'
import type { Naming } from '../serve/naming.ts'
import css from './audit-item.module.css'
import { auditPath, auditVerb } from './audit-words.ts'
import type { Change } from './change.ts'
import { ChangeList } from './change-list.tsx'
import { entryChanges } from './entry-changes.ts'

interface Props {
  entry: AuditEntry
  naming: Naming
  /** False on the page of the object itself. */
  withObject?: boolean
  /** Buttons beside the entry. */
  actions?: ReactNode
}

/** One change: who did what to what, where, why, and what it looked like before and after. */
export function AuditItem({ entry, naming, withObject = true, actions }: Props) {
  const project = useProject()
  const [open, setOpen] = useState<'no' | 'diff' | 'json'>('no')
  const id = useId()
  const changes = entryChanges(entry, naming)
  const path = auditPath(entry.entity)
  const link = `/p/${project.key}${path}`
  const environment = project.environments.find(({ key }) => key === entry.environment)
  const hasJson = entry.before !== null || entry.after !== null
  return (
    <div className={css.item}>
      <Avatar name={entry.actor.name} size={26} />
      <div className={css.body}>
        <div className={css.line}>
          <span className={css.sentence}>
            <b>{entry.actor.name}</b> {auditVerb(entry.action)}{' '}
            {withObject ? (path === undefined ? <b>{entry.entity.key}</b> : <Link to={link}>{entry.entity.key}</Link>) : 'this'}
          </span>
          {entry.environment === null ? null : <EnvTag name={environment?.name ?? entry.environment} production={environment?.production ?? false} />}
          <span className={css.at}><Ago at={entry.at} /></span>
        </div>
        {changes.length === 0 ? null : <ul className={css.words}>{changes.slice(0, FEW).map((change, index) => <li key={index}>{inWords(change)}</li>)}{changes.length > FEW ? <li>and {changes.length - FEW} more</li> : null}</ul>}
        {entry.reason === null || entry.reason === '' ? null : <p className={css.reason}>{entry.reason}</p>}
        <div className={css.buttons}>
          {changes.length === 0 ? null : <Button variant="subtle" size="compact-sm" aria-expanded={open === 'diff'} aria-controls={id} onClick={() => { setOpen(open === 'diff' ? 'no' : 'diff') }}>Before and after</Button>}
          {hasJson ? <Button variant="subtle" size="compact-sm" aria-expanded={open === 'json'} aria-controls={id} onClick={() => { setOpen(open === 'json' ? 'no' : 'json') }}>JSON</Button> : null}
          {actions}
        </div>
        <div id={id} hidden={open === 'no'} className={css.detail}>
          {open === 'diff' ? <ChangeList changes={changes} naming={naming} /> : null}
          {open === 'json' ? <pre tabIndex={0} role="region" aria-label="This entry as JSON">{JSON.stringify({ before: entry.before, after: entry.after }, null, 2)}</pre> : null}
        </div>
      </div>
    </div>
  )
}

const FEW = 3

function inWords({ subject, name, words }: Change): string {
  return `${subject}${name === undefined ? '' : `, ${name}`}: ${words}`
}
