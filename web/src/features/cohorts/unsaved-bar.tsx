import { Button } from '@mantine/core'
import { plural } from '../../ui/format.ts'
import type { Permit } from '../../api/project.ts'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import css from './unsaved-bar.module.css'

interface Props {
  changes: number
  /** Why it cannot be saved yet; null where it can. */
  problem: string | null
  /** Flags in production that the edit touches. */
  touched: number
  permit: Permit
  saving: boolean
  onSave: () => void
  onDiscard: () => void
}

/** Floats over the page while an edit is not saved. */
export function UnsavedBar({ changes, problem, touched, permit, saving, onSave, onDiscard }: Props) {
  return (
    <div className={css.bar} role="region" aria-label="Unsaved changes">
      <b>{plural(changes, 'unsaved change')}</b>
      <span className={problem === null ? css.words : css.problem} role={problem === null ? undefined : 'alert'}>{problem ?? (touched === 0 ? 'Touches nothing in production' : `Touches ${plural(touched, 'flag')} in production`)}</span>
      <span className={css.buttons}>
        <Button variant="default" onClick={onDiscard}>Discard</Button>
        <PermittedButton permit={permit} loading={saving} onClick={onSave}>{touched === 0 ? 'Save cohort' : 'Review and apply'}</PermittedButton>
      </span>
    </div>
  )
}
