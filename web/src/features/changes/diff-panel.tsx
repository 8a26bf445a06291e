import { isChangeDone, type Change, type Targeting } from '@assay/server/contract'
import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { ChangeList } from '../../ui/changes/change-list.tsx'
import { targetingChanges } from '../../ui/changes/targeting-changes.ts'
import { Panel } from '../../ui/panel.tsx'
import type { Naming } from '../../ui/serve/naming.ts'
import css from './diff-panel.module.css'

type Shown = 'proposed' | 'applied' | 'meanwhile'

/** What the change does, in words and bars. Where live moved on in other places: also what applying does now, and what happened meanwhile. */
export function DiffPanel({ change, naming }: { change: Change; naming: Naming }) {
  const [shown, setShown] = useState<Shown>('proposed')
  const [json, setJson] = useState(false)
  const { base, proposed, divergence } = change
  const diverged = divergence.state === 'diverged' && !isChangeDone(change)
  const view = diverged ? shown : 'proposed'
  const [before, after]: [Targeting, Targeting] = view === 'proposed' ? [base, proposed] : view === 'meanwhile' ? [base, divergence.live] : [divergence.live, divergence.merged ?? proposed]
  const changes = targetingChanges(before, after, naming)
  return (
    <Panel title="What it changes" aside={<Button variant="default" size="compact-sm" aria-pressed={json} onClick={() => { setJson(!json) }}>JSON</Button>}>
      {diverged ? (
        <SegmentedControl
          className={css.which ?? ''}
          aria-label="Which difference"
          data={[{ value: 'proposed', label: 'As proposed' }, { value: 'applied', label: 'As applied now' }, { value: 'meanwhile', label: 'Live meanwhile' }]}
          value={view}
          onChange={(next) => { setShown(next === 'applied' || next === 'meanwhile' ? next : 'proposed') }}
        />
      ) : null}
      {changes.length === 0 ? <p className="soft">Nothing differs: live has all of it already.</p> : <ChangeList changes={changes} naming={naming} />}
      {json ? <pre className={css.json} tabIndex={0} role="region" aria-label="The change as JSON">{JSON.stringify({ before, after }, null, 2)}</pre> : null}
    </Panel>
  )
}
