import type { Impact } from '@assay/server/contract'
import { IconArrowRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useProjectKey } from '../../api/project.ts'
import { count, plural } from '../format.ts'
import { Notice } from '../notice.tsx'
import type { Naming } from '../serve/naming.ts'
import { seriesColour } from '../split-bar.tsx'
import css from './impact-view.module.css'
import { gottenName, impactText, runningText } from './impact-words.ts'

/** Whose variant a change alters: how many, from what to what, and some of them by name. */
export function ImpactView({ impact, naming }: { impact: Impact; naming: Naming }) {
  const project = useProjectKey()
  const [sample, setSample] = useState(false)
  const warning = runningText(impact)
  return (
    <div className={css.impact}>
      <p>{impactText(impact)}</p>
      {impact.moves.length === 0 ? null : (
        <ul className={css.moves}>
          {impact.moves.map(({ from, to, units }) => (
            <li key={`${from} ${to}`}>
              <span className={css.move}><Gotten variant={from} naming={naming} /><IconArrowRight size={13} aria-label="to" role="img" /><Gotten variant={to} naming={naming} /></span>
              <span className={css.bar} aria-hidden><i style={{ width: `${Math.max(2, (units / impact.moved) * 100)}%` }} /></span>
              <b>{count(units)}</b>
            </li>
          ))}
        </ul>
      )}
      {warning === null || impact.running === null ? null : <Notice tone="warn"><b><Link to="/p/$project/experiments/$experiment" params={{ project, experiment: impact.running.experiment }}>{impact.running.experiment}</Link> is running on this flag.</b> {warning}</Notice>}
      {impact.sample.length === 0 ? null : (
        <div>
          <button type="button" className={css.more} aria-expanded={sample} onClick={() => { setSample(!sample) }}>{sample ? 'Hide the examples' : `Show ${plural(impact.sample.length, 'example')}`}</button>
          {sample ? <ul className={css.sample}>{impact.sample.map(({ unit, from, to }) => <li key={unit}><code>{unit}</code><span>{gottenName(from, naming)} to {gottenName(to, naming)}</span></li>)}</ul> : null}
        </div>
      )}
    </div>
  )
}

function Gotten({ variant, naming }: { variant: string | null; naming: Naming }) {
  return <span className={css.gotten}>{variant === null ? null : <i style={{ background: seriesColour(naming.series(variant)) }} />}{gottenName(variant, naming)}</span>
}
