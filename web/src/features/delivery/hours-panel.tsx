import type { Delivery } from '@assay/server/contract'
import { PunchCard, hourWords } from '../../charts/punch-card.tsx'
import { count } from '../../ui/format.ts'
import { ChartPanel } from './chart-panel.tsx'
import { busiestWords } from './words.ts'

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** When people change production, by weekday and hour. */
export function HoursPanel({ delivery: { changes }, clock }: { delivery: Delivery; clock: string }) {
  const sentence = busiestWords(changes.hours) ?? 'No change in this time.'
  return (
    <ChartPanel
      title="Around the clock"
      sentence={sentence}
      legend={<span className="muted">Changes by hour, {clock}</span>}
      chart={<PunchCard hours={changes.hours} label={`Changes by weekday and hour, ${clock}. ${sentence}`} />}
      head={['Hour', 'Changes', 'Rollbacks']}
      numbers={2}
      rows={changes.hours.map(({ weekday, hour, changes: n, rollbacks }) => ({ key: `${weekday} ${hour}`, cells: [`${DAYS[weekday - 1] ?? ''}, ${hourWords(hour)}`, count(n), count(rollbacks)] }))}
    />
  )
}
