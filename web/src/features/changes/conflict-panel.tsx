import { mergeTargeting, sameValue, type Change, type Targeting } from '@assay/server/contract'
import { Button, SegmentedControl } from '@mantine/core'
import { IconGitMerge } from '@tabler/icons-react'
import { useState } from 'react'
import { Avatar } from '../../ui/avatar.tsx'
import { ChangeList } from '../../ui/changes/change-list.tsx'
import { SideView } from '../../ui/changes/side-view.tsx'
import { targetingChanges } from '../../ui/changes/targeting-changes.ts'
import { Panel } from '../../ui/panel.tsx'
import type { Naming } from '../../ui/serve/naming.ts'
import css from './conflict-panel.module.css'

interface Props {
  change: Change
  naming: Naming
  mine: boolean
  saving: boolean
  /** Makes a targeting the proposal, based on what is live now. */
  onChoose: (targeting: Targeting) => void
  /** Nothing of the proposal is left: it is taken back. */
  onGiveWay: () => void
}

type Keep = 'live' | 'yours'

/** Live and the proposal changed the same place: Was, Live now, Yours, and a choice that only the author makes. */
export function ConflictPanel({ change, naming, mine, saving, onChoose, onGiveWay }: Props) {
  const { base, proposed, divergence } = change
  const [comparing, setComparing] = useState(false)
  const [kept, setKept] = useState<Readonly<Record<string, Keep>>>({})
  const { overlaps } = mergeTargeting(base, divergence.live, proposed)
  const choose = (keep: Keep | ((place: string) => Keep)) => {
    const { targeting } = mergeTargeting(base, divergence.live, proposed, keep)
    if (sameValue(targeting, divergence.live)) onGiveWay()
    else onChoose(targeting)
  }
  const yours = mine ? 'Yours' : 'Proposed'
  const nothingLeft = sameValue(mergeTargeting(base, divergence.live, proposed, 'live').targeting, divergence.live)
  return (
    <Panel title="Live moved on in the same place">
      <p className="soft">This started from revision {change.basedOn}. Revision {divergence.liveRevision} is live now, and both changed {overlaps.length === 1 ? 'the same place' : `the same ${overlaps.length} places`}. What only one of them changed is kept either way.</p>
      <div className={css.scroll} tabIndex={0} role="region" aria-label="Places that both changed">
        <table className={css.sides}>
          <thead>
            <tr><th scope="col">Place</th><th scope="col">Was</th><th scope="col">Live now</th><th scope="col"><span className={css.person}><Avatar name={change.author.name} size={18} />{yours}</span></th>{comparing && mine ? <th scope="col">Keep</th> : null}</tr>
          </thead>
          <tbody>
            {overlaps.map(({ id, subject, was, live, yours: proposedSide }) => (
              <tr key={id}>
                <th scope="row">{subject}</th>
                {([['Was', was], ['Live now', live], [yours, proposedSide]] as const).map(([label, side]) => <td key={label} data-label={label}><SideView side={side} naming={naming} width={110} /></td>)}
                {comparing && mine ? <td data-label="Keep"><SegmentedControl aria-label={`Keep for ${subject}`} data={[{ value: 'live', label: 'Live' }, { value: 'yours', label: 'Mine' }]} value={kept[id] ?? 'yours'} onChange={(side) => { setKept({ ...kept, [id]: side === 'live' ? 'live' : 'yours' }) }} /></td> : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {comparing ? (
        <div className={css.all}>
          <section aria-label="What changed live meanwhile"><h3>What changed live meanwhile</h3><ChangeList changes={targetingChanges(base, divergence.live, naming)} naming={naming} /></section>
          <section aria-label="What is proposed"><h3>What is proposed</h3><ChangeList changes={targetingChanges(base, proposed, naming)} naming={naming} /></section>
        </div>
      ) : null}
      <div className={css.actions}>
        {mine ? <Button variant="default" disabled={saving} onClick={() => { choose('live') }}>{nothingLeft ? 'Keep what is live and withdraw' : 'Keep what is live'}</Button> : null}
        <Button variant="default" leftSection={<IconGitMerge size={15} />} aria-expanded={comparing} onClick={() => { setComparing(!comparing) }}>{comparing ? 'Hide the comparison' : mine && overlaps.length > 1 ? 'Compare all, choose one by one' : 'Compare all'}</Button>
        <span className="grow" />
        {mine ? comparing && overlaps.length > 1 ? <Button loading={saving} onClick={() => { choose((place) => kept[place] ?? 'yours') }}>Use what I chose</Button> : <Button loading={saving} onClick={() => { choose('yours') }}>Use mine</Button> : null}
      </div>
      <p className="muted">{mine ? `Choosing makes a new proposal on top of revision ${divergence.liveRevision}; approvals given so far no longer count.` : `${change.author.name} has to choose. Until then it cannot be approved or applied.`}</p>
    </Panel>
  )
}
