import { Button } from '@mantine/core'
import { IconCalendarDue, IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { removalOf, type FlagDetail } from '@assay/server/contract'
import { usageQuery } from '../../api/project-queries.ts'
import { usePermit, useProjectKey } from '../../api/project.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { date } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import css from './details-panel.module.css'
import { LifecycleChip } from './lifecycle-chip.tsx'

const DetailsDialog = lazy(async () => ({ default: (await import('./details-dialog.tsx')).DetailsDialog }))

/** Whose the flag is, how long it is meant to stay, and where it is in its life. */
export function DetailsPanel({ flag }: { flag: FlagDetail }) {
  const project = useProjectKey()
  const permit = usePermit('flag.write')
  const usage = useQuery(usageQuery(project, [flag.key])).data?.flags.find((one) => one.flag === flag.key)
  const [editing, setEditing] = useState(false)
  const [now] = useState(() => new Date())
  const removal = removalOf(flag.expectedRemoval, now)
  return (
    <Panel title="Details" aside={permit.allowed && flag.archivedAt === null ? <Button variant="subtle" size="compact-sm" leftSection={<IconPencil size={14} />} aria-label="Edit details" onClick={() => { setEditing(true) }}>Edit</Button> : undefined}>
      <dl className={css.facts}>
        <dt>Owner</dt>
        <dd>{flag.owner === null ? <span className="muted">Nobody</span> : <><Avatar name={flag.owner} size={20} />{flag.owner}</>}</dd>
        {usage ? <><dt>State</dt><dd><LifecycleChip kind={flag.kind} lifecycle={usage.lifecycle} /></dd></> : null}
        <dt>Expected removal</dt>
        <dd className={removal?.due === 'past' ? css.past : undefined}>{removal === null ? <span className="muted">No day</span> : <>{removal.due === 'later' ? null : <IconCalendarDue size={14} aria-hidden />}{date(removal.day, now)}{removal.due === 'past' ? ', over' : ''}</>}</dd>
        <dt>Tags</dt>
        <dd className={css.tags}>{flag.tags.length === 0 ? <span className="muted">None</span> : flag.tags.map((tag) => <Link key={tag} to="/p/$project/flags" params={{ project }} search={{ tag }} className={css.tag}>{tag}</Link>)}</dd>
        <dt>Client keys</dt>
        <dd>{flag.clientVisible ? 'May evaluate it' : 'Do not see it'}</dd>
      </dl>
      {usage && usage.lifecycle.reason !== '' ? <p className={css.reason}>{usage.lifecycle.reason}</p> : null}
      {editing ? <Suspense><DetailsDialog flag={flag} onClose={() => { setEditing(false) }} /></Suspense> : null}
    </Panel>
  )
}
