import { Button, Modal, SegmentedControl } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { Ago } from '../ago.tsx'
import css from './conflict-dialog.module.css'

export interface Clash {
  field: string
  /** What the field is called on the page. */
  label: string
  was: ReactNode
  theirs: ReactNode
  mine: ReactNode
}

interface Props {
  /** What both changed, such as "this hypothesis". */
  what: string
  changedBy: string | undefined
  changedAt: string | undefined
  clashes: readonly Clash[]
  saving: boolean
  /** Fields of which the person keeps their own version; the rest stays as it is live. */
  onResolve: (mine: ReadonlySet<string>) => void
  /** Back to the form; nothing is written. */
  onCancel: () => void
}

/** Somebody saved first and both changed the same: nothing is written until a person chooses, field by field. */
export function ConflictDialog({ what, changedBy, changedAt, clashes, saving, onResolve, onCancel }: Props) {
  const [mine, setMine] = useState<ReadonlySet<string>>(new Set(clashes.map((clash) => clash.field)))
  const choose = (field: string, side: string) => {
    const next = new Set(mine)
    if (side === 'mine') next.add(field)
    else next.delete(field)
    setMine(next)
  }
  return (
    <Modal opened onClose={onCancel} title="Someone else saved first" size={760}>
      <p className={css.lead}>
        {changedBy ?? 'Somebody'} changed {what}{changedAt === undefined ? null : <> <Ago at={changedAt} /></>}, and you both changed the same. Nothing of yours is saved yet. Edits that do not clash are kept from both.
      </p>
      <div className="tablewrap" tabIndex={0} role="region" aria-label="Both versions">
        <table className={css.sides}>
          <thead>
            <tr><th scope="col"><span className="sr">Field</span></th><th scope="col">Was</th><th scope="col">Live now</th><th scope="col">Yours</th><th scope="col">Keep</th></tr>
          </thead>
          <tbody>
            {clashes.map((clash) => (
              <tr key={clash.field}>
                <th scope="row">{clash.label}</th>
                <td data-label="Was">{clash.was}</td>
                <td data-label="Live now">{clash.theirs}</td>
                <td data-label="Yours">{clash.mine}</td>
                <td data-label="Keep"><SegmentedControl aria-label={`Keep for ${clash.label}`} data={[{ value: 'theirs', label: 'Live' }, { value: 'mine', label: 'Mine' }]} value={mine.has(clash.field) ? 'mine' : 'theirs'} onChange={(side) => { choose(clash.field, side) }} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={css.actions}>
        <Button variant="default" onClick={onCancel}>Keep editing</Button>
        <span className="grow" />
        <Button loading={saving} onClick={() => { onResolve(mine) }}>Save what I chose</Button>
      </div>
    </Modal>
  )
}
