import type { FlagDetail } from '@assay/server/contract'
import { useProjectKey } from '../../api/project.ts'
import { recordChanges } from '../../ui/changes/record-changes.ts'
import { namingOf } from '../../ui/serve/naming.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { definitionOf } from './definition.ts'
import { useRestoreDefinition } from './flags-queries.ts'
import { ReviewSheet } from './review-sheet.tsx'

interface Props {
  flag: FlagDetail
  revision: number
  /** What the history holds of that revision. */
  after: Readonly<Record<string, unknown>>
  onClose: () => void
}

/** The review before an earlier name, description, owner and variants are brought back. */
export function RestoreDefinition({ flag, revision, after, onClose }: Props) {
  const restore = useRestoreDefinition(useProjectKey(), flag.key)
  const now: Record<string, unknown> = { ...definitionOf(flag) }
  const then = Object.fromEntries(Object.keys(now).map((part) => [part, part in after ? after[part] : now[part]]))
  return (
    <ReviewSheet
      title={`Restore revision ${revision}`}
      production={false}
      changes={recordChanges(now, then, (key) => key)}
      naming={namingOf(flag.variants)}
      reasonNeeded={false}
      action="Restore"
      saving={restore.isPending}
      onApply={(reason) => {
        restore.mutate({ revision, basedOn: flag.revision, ...(reason === '' ? {} : { reason }) }, {
          onSuccess: () => {
            onClose()
            toastDone({ title: `${flag.name}: revision ${revision} is back` })
          },
          onError: (error) => { toastFailed('Not restored. Nothing has changed', error) },
        })
      }}
      onClose={onClose}
    />
  )
}
