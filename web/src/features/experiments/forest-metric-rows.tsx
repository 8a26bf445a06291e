import { IconCheck, IconChevronRight } from '@tabler/icons-react'
import { ForestRow } from '../../charts/forest-row.tsx'
import { Chip } from '../../ui/chip.tsx'
import { chance } from '../../ui/effect-format.ts'
import { seriesColour } from '../../ui/split-bar.tsx'
import type { ForestLine, ForestMetric } from './forest-groups.ts'
import css from './forest-table.module.css'
import { readingWords } from './reading.ts'

interface Props {
  row: ForestMetric
  /** Of the plot, in pixels. */
  width: number
  /** More than one arm is compared with control: each has a row that names it. */
  several: boolean
  open: boolean
  detailId: string
  onToggle: () => void
}

/** One metric: a row per treatment. */
export function ForestMetricRows({ row, width, several, open, detailId, onToggle }: Props) {
  return row.lines.map((line, index) => (
    <tr key={line.arm} className={index > 0 ? css.sub : undefined}>
      {index > 0 ? null : (
        <>
          <th scope={row.lines.length > 1 ? 'rowgroup' : 'row'} rowSpan={row.lines.length} className={css.metric}>
            <button type="button" className={css.name} aria-expanded={open} aria-controls={open ? detailId : undefined} onClick={onToggle}>{row.metric.name}<IconChevronRight size={14} aria-hidden /></button>
            <small>{row.unit}</small>
          </th>
          <td rowSpan={row.lines.length} className={css.right}>{row.control}</td>
        </>
      )}
      <td className={css.right}>
        {several ? <span className={css.arm}><i style={{ background: seriesColour(line.series) }} /><span title={line.arm}>{line.arm}</span></span> : null}
        {several ? <div>{line.value}</div> : line.value}
      </td>
      <td className={css.plot}>
        <ForestRow span={line.effect.deciding} band={line.effect.plain} domain={line.domain} width={width} tone={line.tone} limit={row.limit} target={row.target} label={labelOf(row, line, several)} />
      </td>
      <td className={css.right}>
        <b className={css[line.tone]}>{line.change}</b>
        <small>{line.interval}</small>
        {line.decidedBy === null ? null : <small>{line.decidedBy}</small>}
        {line.notes.map((note) => <small key={note}>{note}</small>)}
      </td>
      <td className={css.right}>{line.chanceBetter === null ? '–' : chance(line.chanceBetter)}</td>
      <td><ReadingChip line={line} /></td>
    </tr>
  ))
}

function ReadingChip({ line }: { line: ForestLine }) {
  const { words, tone } = readingWords(line.reading)
  return <Chip tone={tone} icon={tone === 'win' ? <IconCheck size={12} aria-hidden /> : undefined}>{words}</Chip>
}

function labelOf({ metric }: ForestMetric, line: ForestLine, several: boolean): string {
  const what = several ? `${metric.name}, ${line.arm}` : metric.name
  return line.interval === '' ? `${what}: ${line.change}` : `${what}: ${line.change}, interval ${line.interval}`
}
