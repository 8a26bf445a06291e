import { ActionIcon, Button } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useId, useState, type ReactNode } from 'react'
import type { AuditEntry } from '@assay/server/contract'
import { useProject } from '../../api/project.ts'
import { Ago } from '../ago.tsx'
import { Avatar } from '../avatar.tsx'
import { EnvTag } from '../env-tag.tsx'
import type { Naming } from '../serve/naming.ts'
import css from './audit-item.module.css'
import { auditPath, auditVerb, ownAuditVerb, saysItAll } from './audit-words.ts'
import type { Change } from './change.ts'
import { ChangeList } from './change-list.tsx'
import { entryChanges } from './entry-changes.ts'

interface Props {
  entry: AuditEntry
  naming: Naming
  /** False on the page of the flag itself. */
  withObject?: boolean
  /** Buttons below the entry. */
  actions?: ReactNode
}

/** One change: who did what to what, where, why, and what it looked like before and after. */
export function AuditItem({ entry, naming, withObject = true, actions }: Props) {
  const project = useProject()
  const [open, setOpen] = useState(false)
  const [json, setJson] = useState(false)
  const id = useId()
  const changes = entryChanges(entry, naming)
  const path = auditPath(entry.entity)
  const link = `/p/${project.key}${path}`
  const environment = project.environments.find(({ key }) => key === entry.environment)
  const told = saysItAll(entry.action) ? [] : changes
  const hasDetail = entry.before !== null || entry.after !== null
  const showsJson = json || changes.length === 0
  return (
    <div className={css.item}>
      <Avatar name={entry.actor.name} size={26} />
      <div className={css.body}>
        <div className={css.line}>
          <span className={css.sentence}>
            <b>{entry.actor.name}</b> {entry.actor.token === undefined ? null : <>through the token <b>{entry.actor.token}</b> </>}{withObject ? <>{auditVerb(entry.action)} {path === undefined ? <b>{entry.entity.key}</b> : <Link to={link}>{entry.entity.key}</Link>}</> : ownAuditVerb(entry.action)}
          </span>
          {entry.environment === null ? null : <EnvTag name={environment?.name ?? entry.environment} production={environment?.production ?? false} />}
          <span className={css.at}><Ago at={entry.at} /></span>
        </div>
        {told.length === 0 ? null : <ul className={css.words}>{told.slice(0, FEW).map((change, index) => <li key={index}>{inWords(change)}</li>)}{told.length > FEW ? <li>and {told.length - FEW} more</li> : null}</ul>}
        {entry.reason === null || entry.reason === '' ? null : <p className={css.reason}>{entry.reason}</p>}
        {actions ? <div className={css.actions}>{actions}</div> : null}
        <div id={id} hidden={!open} className={css.detail}>
          {open && changes.length > 0 ? (
            <>
              <ChangeList changes={changes} naming={naming} />
              <Button variant="default" size="compact-sm" aria-pressed={json} onClick={() => { setJson(!json) }}>JSON</Button>
            </>
          ) : null}
          {open && showsJson ? <pre tabIndex={0} role="region" aria-label="This entry as JSON">{JSON.stringify({ before: entry.before, after: entry.after }, null, 2)}</pre> : null}
        </div>
      </div>
      {hasDetail ? <ActionIcon size={26} aria-label={`Before and after of entry ${entry.seq}`} aria-expanded={open} aria-controls={id} onClick={() => { setOpen(!open) }}>{open ? <IconChevronUp size={15} /> : <IconChevronDown size={15} />}</ActionIcon> : <span className={css.gap} />}
    </div>
  )
}

const FEW = 3

function inWords({ subject, name, words }: Change): string {
  return `${subject}${name === undefined ? '' : `, ${name}`}: ${words}`
}
