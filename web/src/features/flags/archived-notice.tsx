import { IconArchive } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { FlagDetail } from '@assay/server/contract'
import { usePermit, useProjectKey } from '../../api/project.ts'
import { date } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import css from './archived-notice.module.css'
import { useDeleteFlag, useUnarchiveFlag } from './flags-queries.ts'

const TypedConfirm = lazy(async () => ({ default: (await import('../../ui/typed-confirm.tsx')).TypedConfirm }))

/** Stands above an archived flag, with both ways on: back, or gone for good. */
export function ArchivedNotice({ flag, archivedAt }: { flag: FlagDetail; archivedAt: string }) {
  const project = useProjectKey()
  const permit = usePermit('flag.write')
  const navigate = useNavigate()
  const [deleting, setDeleting] = useState(false)
  const unarchive = useUnarchiveFlag(project, flag.key)
  const remove = useDeleteFlag(project, flag.key)
  const bringBack = () => {
    unarchive.mutate({}, {
      onSuccess: () => { toastDone({ title: `${flag.name} is back`, detail: 'It is off in every environment.' }) },
      onError: (error) => { toastFailed('Not brought back. Nothing has changed', error) },
    })
  }
  const deleteIt = () => {
    remove.mutate(undefined, {
      onSuccess: () => {
        toastDone({ title: `${flag.name} is deleted`, detail: `The key ${flag.key} is never used again.` })
        void navigate({ to: '/p/$project/flags', params: { project }, search: { view: 'archived' } })
      },
      onError: (error) => {
        setDeleting(false)
        toastFailed('Not deleted. Nothing has changed', error)
      },
    })
  }
  return (
    <div className={css.archived}>
      <Notice icon={<IconArchive size={16} aria-hidden />}>
        <div className={css.line}>
          <p><b>Archived {date(archivedAt)}.</b> It is served to nobody: services that ask get the default in their own code.</p>
          <span className={css.buttons}>
            <PermittedButton permit={permit} variant="default" size="compact-sm" loading={unarchive.isPending} onClick={bringBack}>Unarchive</PermittedButton>
            <PermittedButton permit={permit} variant="default" size="compact-sm" className={permit.allowed ? css.danger : undefined} onClick={() => { setDeleting(true) }}>Delete for good</PermittedButton>
          </span>
        </div>
      </Notice>
      {deleting ? (
        <Suspense><TypedConfirm title={`Delete ${flag.name}`} word={flag.key} action="Delete for good" busy={remove.isPending} onConfirm={deleteIt} onCancel={() => { setDeleting(false) }}>
          Its variants and its targeting in every environment are gone for good; only the history of what was done stays. The key <code>{flag.key}</code> is never used again, so that no old service meets a new flag under it.
        </TypedConfirm></Suspense>
      ) : null}
    </div>
  )
}
