import type { Delivery } from '@assay/server/contract'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { dayWords } from '../../charts/day-words.ts'
import { HeatCalendar } from '../../charts/heat-calendar.tsx'
import { heatTop } from '../../charts/heat-weeks.ts'
import { count, plural } from '../../ui/format.ts'
import { instantOf } from '../../ui/schedule/zoned-time.ts'
import { ChartPanel } from './chart-panel.tsx'
import css from './delivery.module.css'
import { Legend } from './legend.tsx'

interface Props {
  project: string
  delivery: Delivery
  first: string
  last: string
}

/** Changes per day; the day that is read leads to its entries in the audit log. */
export function CalendarPanel({ project, delivery: { changes, rollbacks, zone, environments }, first, last }: Props) {
  const [value, setValue] = useState<string | null>(null)
  const busiest = changes.days.reduce((most, day) => Math.max(most, day.changes), 0)
  const sentence = `${plural(changes.total, 'change')} on ${plural(changes.days.length, 'day')}, at most ${count(busiest)} a day, ${plural(rollbacks.total, 'rollback')}.`
  const day = value === null ? null : (changes.days.find((known) => known.day === value) ?? { day: value, changes: 0, rollbacks: 0 })
  return (
    <ChartPanel
      title="Changes per day"
      sentence={sentence}
      legend={<><span className={css.ramp} role="img" aria-label={`Scale from 0 to ${heatTop(busiest)} changes a day`}>0{[0, 1, 2, 3, 4, 5].map((step) => <i key={step} style={{ background: `var(--heat-${step})` }} />)}{heatTop(busiest)}</span><Legend items={[{ swatch: <i className={css.mark} />, label: 'Rollback' }]} /></>}
      chart={(
        <>
          <HeatCalendar days={changes.days} first={first} last={last} value={value} onChange={setValue} label={`Changes per day. ${sentence}`} />
          <p className={css.read}>
            {day === null ? <span className="muted">Point at a day, or walk the days with the arrow keys.</span> : <>{dayWords(day)}{day.changes === 0 ? null : <Link to="/p/$project/audit" params={{ project }} search={{ kind: 'flag', ...dayRange(day.day, zone), ...(environments.length === 1 ? { environment: environments[0] } : {}) }}>Show them in the audit log</Link>}</>}
          </p>
        </>
      )}
      head={['Day', 'Changes', 'Rollbacks']}
      numbers={2}
      rows={changes.days.toReversed().map((known) => ({ key: known.day, cells: [dayWords({ ...known, changes: 0, rollbacks: 0 }).replace(/:.*/, ''), count(known.changes), count(known.rollbacks)] }))}
    />
  )
}

/** A day of a place, as the audit log is asked for it: both ends included. */
function dayRange(day: string, zone: string): { from: string; to: string } {
  const start = instantOf(`${day}T00:00`, zone) ?? new Date(day)
  const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
  const end = instantOf(`${next}T00:00`, zone) ?? new Date(next)
  return { from: start.toISOString(), to: new Date(end.getTime() - 1).toISOString() }
}
