import { ActionIcon, Menu } from '@mantine/core'
import { IconArchive, IconArrowsDiff, IconCopy, IconDots, IconPencil } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { FlagDetail } from '@assay/server/contract'
import { usePermit, useProject } from '../../api/project.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { useArchiveFlag, useUnarchiveFlag } from './flags-queries.ts'

const ArchiveDialog = lazy(async () => ({ default: (await import('./archive-dialog.tsx')).ArchiveDialog }))
const CloneDialog = lazy(async () => ({ default: (await import('./clone-dialog.tsx')).CloneDialog }))
const DetailsDialog = lazy(async () => ({ default: (await import('./details-dialog.tsx')).DetailsDialog }))

/** What may be done with the flag as a whole. */
export function FlagActions({ flag }: { flag: FlagDetail }) {
  const project = useProject()
  const permit = usePermit('flag.write')
  const [open, setOpen] = useState<'nothing' | 'details' | 'clone' | 'archive'>('nothing')
  const archive = useArchiveFlag(project.key, flag.key)
  const unarchive = useUnarchiveFlag(project.key, flag.key)
  const close = () => { setOpen('nothing') }
  const archived = (reason: string) => {
    archive.mutate({ basedOn: flag.revision, ...(reason === '' ? {} : { reason }) }, {
      onSuccess: () => {
        close()
        toastDone({ title: `${flag.name} is archived`, detail: 'It is served to nobody.', undoLabel: 'Bring it back', undo: () => { unarchive.mutate({}, { onError: (error) => { toastFailed('Not brought back', error) } }) } })
      },
      onError: (error) => { toastFailed('Not archived. Nothing has changed', error) },
    })
  }
  return (
    <>
      <Menu>
        <Menu.Target><ActionIcon aria-label={`Actions of ${flag.name}`}><IconDots size={17} /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          {permit.allowed && flag.archivedAt === null ? <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => { setOpen('details') }}>Edit details</Menu.Item> : null}
          {permit.allowed ? <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => { setOpen('clone') }}>Clone</Menu.Item> : null}
          <Menu.Item leftSection={<IconArrowsDiff size={15} />} component={Link} to={`/p/${project.key}/flags/${encodeURIComponent(flag.key)}/compare`}>Compare environments</Menu.Item>
          {permit.allowed && flag.archivedAt === null ? <><Menu.Divider /><Menu.Item leftSection={<IconArchive size={15} />} onClick={() => { setOpen('archive') }}>Archive</Menu.Item></> : null}
          {permit.allowed ? null : <Menu.Label>{permit.why}</Menu.Label>}
        </Menu.Dropdown>
      </Menu>
      {open === 'details' ? <Suspense><DetailsDialog flag={flag} onClose={close} /></Suspense> : null}
      {open === 'clone' ? <Suspense><CloneDialog flag={flag} onClose={close} /></Suspense> : null}
      {open === 'archive' ? <Suspense><ArchiveDialog flags={[flag]} running={flag.experiments.filter(({ status }) => status === 'running').map(({ key }) => key)} busy={archive.isPending} onArchive={archived} onClose={close} /></Suspense> : null}
    </>
  )
}
