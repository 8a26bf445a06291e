import { IconCalendarDue } from '@tabler/icons-react'
import { removalOf, type FlagSummary, type FlagUsage } from '@assay/server/contract'
import { date } from '../../ui/format.ts'
import { LifecycleChip } from './lifecycle-chip.tsx'
import css from './state-cells.module.css'

interface Props {
  flag: FlagSummary
  /** Undefined where it is not known. */
  lifecycle: FlagUsage['lifecycle'] | undefined
  now: Date
}

/** Where the flag is in its life and why, and the day by which it should be gone once that is near. */
export function LifecycleCell({ flag, lifecycle, now }: Props) {
  const removal = removalOf(flag.expectedRemoval, now)
  const due = removal && removal.due !== 'later' ? removal : null
  return (
    <span className={css.life}>
      {lifecycle ? <LifecycleChip kind={flag.kind} lifecycle={lifecycle} /> : due ? null : <span className="muted">Not known</span>}
      {due ? <span className={due.due === 'past' ? css.past : css.near}><IconCalendarDue size={13} aria-hidden />{due.due === 'past' ? 'Was to go by' : 'To go by'} {date(due.day, now)}</span> : lifecycle && lifecycle.reason !== '' ? <><span className={css.reason} aria-hidden>{lifecycle.reason}</span><span className="sr">{lifecycle.reason}</span></> : null}
    </span>
  )
}
