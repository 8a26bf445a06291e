import type { Analysis } from '@assay/server/contract'
import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { layerColour, StackedArea } from '../../charts/stacked-area.tsx'
import { count, date } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { type Arrivals, arrivalsOf, arrivalsSentence, perDay } from './arrivals.ts'
import css from './arrivals-panel.module.css'

const DAY_MS = 86_400_000

/** Who met a variant for the first time, day by day (UTC): a step or a gap is a change of share, or a fault. */
export function ArrivalsPanel({ analysis }: { analysis: Analysis }) {
  const [view, setView] = useState('Chart')
  const arrivals = arrivalsOf(analysis)
  if (arrivals === null) return <Panel title="People per day"><p className="soft">The days stand here once somebody has met a variant and the next analysis has run.</p></Panel>
  return (
    <Panel title="People per day" aside={<><ul className={css.legend}>{arrivals.layers.map(({ label, series }) => <li key={label}><i style={{ background: layerColour(series) }} />{label}</li>)}</ul><SegmentedControl aria-label="Show people per day as" data={['Chart', 'Table']} value={view} onChange={setView} /></>}>
      <p className={css.sentence}>{arrivalsSentence(arrivals)}</p>
      {view === 'Table' ? <ArrivalsTable arrivals={arrivals} /> : <StackedArea times={arrivals.times} stepMs={DAY_MS} layers={arrivals.layers} label={`People per day. ${arrivalsSentence(arrivals)}`} height={190} nameOf={date} />}
    </Panel>
  )
}

function ArrivalsTable({ arrivals }: { arrivals: Arrivals }) {
  const sums = perDay(arrivals)
  return (
    <div className={`tablewrap ${css.table}`} tabIndex={0} role="region" aria-label="People per day as a table">
      <table className="table">
        <thead><tr><th scope="col">Day</th>{arrivals.layers.map(({ label }) => <th key={label} scope="col" className="right num">{label}</th>)}<th scope="col" className="right num">All</th></tr></thead>
        <tbody>
          {arrivals.times.map((time, i) => <tr key={time}><th scope="row">{date(new Date(time).toISOString())}</th>{arrivals.layers.map(({ label, values }) => <td key={label} className="right num">{count(values[i] ?? 0)}</td>)}<td className="right num">{count(sums[i] ?? 0)}</td></tr>)}
        </tbody>
      </table>
    </div>
  )
}
