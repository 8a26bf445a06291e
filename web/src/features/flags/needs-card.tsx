import { Button } from '@mantine/core'
import { IconLink, IconPencil } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import type { Prerequisite } from '@assay/sdk/core'
import { Chip } from '../../ui/chip.tsx'
import { Loading } from '../../ui/loading.tsx'
import type { TargetingEdit } from './edit-targeting.ts'
import css from './rules.module.css'

const NeedsEditor = lazy(async () => ({ default: (await import('./needs-editor.tsx')).NeedsEditor }))

interface Props {
  prerequisites: readonly Prerequisite[]
  edited: boolean
  /** The flag that needs them. */
  flag: string
  mayEdit: boolean
  editing: boolean
  onEditing: (editing: boolean) => void
  onEdit: (edit: TargetingEdit) => void
}

/** Other flags that must serve something first. */
export function NeedsCard({ prerequisites, edited, flag: own, mayEdit, editing, onEditing, onEdit }: Props) {
  if (prerequisites.length === 0 && !editing && !edited) return null
  return (
    <li className={edited ? `${css.rule} ${css.edited}` : css.rule}>
      <div className={css.number} aria-hidden><IconLink size={14} /></div>
      <div className={`${css.body} ${css.dashed}`}>
        <div className={css.head}>
          <h2>Needs</h2>
          {edited ? <Chip tone="warn" icon={<IconPencil size={12} />}>Edited</Chip> : null}
          {editing ? null : prerequisites.length === 0 ? <span className="muted">nothing any more</span> : prerequisites.map(({ flag, variants }) => (
            <span key={flag} className={css.need}><code>{flag}</code><em>to be</em>{variants.map((variant) => <b key={variant}>{variant}</b>)}</span>
          ))}
          <span className="grow" />
          {mayEdit && !editing ? <Button variant="subtle" size="compact-sm" leftSection={<IconPencil size={14} />} aria-label="Edit what it needs" onClick={() => { onEditing(true) }}>Edit</Button> : null}
        </div>
        {editing ? <Suspense fallback={<Loading rows={2} />}><NeedsEditor prerequisites={prerequisites} flag={own} onEdit={onEdit} onDone={() => { onEditing(false) }} /></Suspense> : null}
      </div>
    </li>
  )
}
