import { Button } from '@mantine/core'
import { Avatar } from '../../ui/avatar.tsx'
import { SideView } from '../../ui/changes/side-view.tsx'
import { plural } from '../../ui/format.ts'
import type { Overlap } from '@assay/server/contract'
import type { Naming } from '../../ui/serve/naming.ts'
import { Sheet } from '../../ui/sheet.tsx'
import css from './sheet.module.css'

interface Props {
  /** What the two saved: an environment, or the flag itself. */
  where: string
  production: boolean
  overlaps: readonly Overlap[]
  changedBy: string
  me: string
  naming: Naming
  onChoose: (prefer: 'live' | 'yours') => void
  onClose: () => void
}

/** Two people changed the same place: nothing is written until one of them chooses. */
export function ConflictSheet({ where, production, overlaps, changedBy, me, naming, onChoose, onClose }: Props) {
  return (
    <Sheet onClose={onClose} size={760} title="Somebody else saved first" production={production}>
      <div className={css.sheet}>
        <p className="soft">{changedBy} saved while you were editing, and you both changed {plural(overlaps.length, 'place')}. Nothing of yours is written yet. What only one of you changed is kept either way.</p>
        <div className={css.scroll} tabIndex={0} role="region" aria-label="Changes that overlap">
          <table className={css.conflict}>
            <thead>
              <tr>
                <th scope="col">{where}</th>
                <th scope="col">Was</th>
                <th scope="col"><span className={css.person}><Avatar name={changedBy} size={18} />Live now</span></th>
                <th scope="col"><span className={css.person}><Avatar name={me} size={18} />Yours</span></th>
              </tr>
            </thead>
            <tbody>
              {overlaps.map((overlap) => (
                <tr key={overlap.id}>
                  <th scope="row">{overlap.subject}</th>
                  <td><SideView side={overlap.was} naming={naming} width={110} /></td>
                  <td><SideView side={overlap.live} naming={naming} width={110} /></td>
                  <td><SideView side={overlap.yours} naming={naming} width={110} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <div className={css.foot}>
          <Button variant="subtle" className={css.first ?? ''} onClick={onClose}>Keep editing</Button>
          <Button variant="default" onClick={() => { onChoose('live') }}>Keep what is live</Button>
          <Button onClick={() => { onChoose('yours') }}>Use mine</Button>
        </div>
      </div>
    </Sheet>
  )
}
