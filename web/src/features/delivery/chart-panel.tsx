import { SegmentedControl } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { Panel } from '../../ui/panel.tsx'
import css from './delivery.module.css'

interface Props {
  title: string
  /** What the chart shows, in a sentence above it. */
  sentence: string
  /** At the right of the title, while the chart is shown. */
  legend?: ReactNode
  chart: ReactNode
  /** The same as numbers. */
  head: readonly string[]
  /** How many of the columns, from the right, are numbers. */
  numbers: number
  rows: readonly { key: string; cells: readonly ReactNode[] }[]
}

/** A chart that says what it shows, and its table. */
export function ChartPanel({ title, sentence, legend, chart, head, numbers, rows }: Props) {
  const [view, setView] = useState('Chart')
  const isNumber = (index: number) => index >= head.length - numbers
  return (
    <Panel title={title} aside={<>{view === 'Chart' ? legend : null}<SegmentedControl size="xs" aria-label={`Show ${title.toLowerCase()} as`} data={['Chart', 'Table']} value={view} onChange={setView} /></>}>
      <p className={css.sentence}>{sentence}</p>
      {view === 'Chart' ? chart : (
        <div className={`tablewrap ${css.twin}`} tabIndex={0} role="region" aria-label={`${title} as a table`}>
          <table className="table">
            <thead><tr>{head.map((name, index) => <th key={name} scope="col" className={isNumber(index) ? 'right' : undefined}>{name}</th>)}</tr></thead>
            <tbody>{rows.map(({ key, cells }) => <tr key={key}>{cells.map((cell, index) => <td key={head[index]} className={isNumber(index) ? 'right num' : undefined}>{cell}</td>)}</tr>)}</tbody>
          </table>
        </div>
      )}
    </Panel>
  )
}
