import { IconAlertTriangle } from '@tabler/icons-react'
import { ForestAxis } from '../../charts/forest-axis.tsx'
import { ForestRow } from '../../charts/forest-row.tsx'
import { seriesColour } from '../../ui/split-bar.tsx'
import { useWidth } from '../../ui/use-width.ts'
import css from './slices-table.module.css'
import { sliceDomain, type SliceLine, type SliceRow } from './slices.ts'

/** The values of a dimension on one axis: each says its numbers beside its mark. */
export function SlicesTable({ rows, title, label }: { rows: readonly SliceRow[]; title: string; label: string }) {
  const [plot, width] = useWidth<HTMLDivElement>(320)
  const several = rows.some(({ lines }) => lines.length > 1)
  const domain = sliceDomain(rows)
  return (
    <div className={css.scroll} tabIndex={0} role="region" aria-label={label}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col" className={css.right}>People</th>
            {several ? <th scope="col">Variant</th> : null}
            <th scope="col" className={css.plot}><span className="sr">Change with its interval</span><div ref={plot}><ForestAxis domain={domain} width={width} /></div></th>
            <th scope="col" className={css.right}>Change</th>
            <th scope="col" className={css.right}>Expect</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => row.lines.map((line, index) => (
            <tr key={`${row.key} ${line.arm}`} className={index > 0 ? css.sub : undefined}>
              {index > 0 ? null : (
                <>
                  <th scope={row.lines.length > 1 ? 'rowgroup' : 'row'} rowSpan={row.lines.length}>{row.name}</th>
                  <td rowSpan={row.lines.length} className={css.right}>{row.people}{row.uneven ? <small className={css.uneven}><IconAlertTriangle size={12} aria-hidden /> not split as planned</small> : null}</td>
                </>
              )}
              {several ? <td><span className={css.arm}><i style={{ background: seriesColour(line.series) }} />{line.arm}</span></td> : null}
              <td className={css.plot}><ForestRow span={line.span} domain={domain} width={width} height={36} tone={line.tone} label={labelOf(row, line, several)} /></td>
              <td className={css.right}><b className={css[line.tone]}>{line.change}</b> <span className={css.interval}>{line.interval}</span></td>
              <td className={css.right}>{line.shrunk ?? '–'}</td>
            </tr>
          )))}
        </tbody>
      </table>
    </div>
  )
}

function labelOf({ name }: SliceRow, { arm, change, interval }: SliceLine, several: boolean): string {
  return `${several ? `${name}, ${arm}` : name}: ${change}${interval === '' ? '' : `, interval ${interval}`}`
}
