import type { Analysis, Plan } from '@assay/server/contract'
import { ForestAxis } from '../../../charts/forest-axis.tsx'
import { ForestRow } from '../../../charts/forest-row.tsx'
import { MarkSwatch } from '../../../charts/mark-swatch.tsx'
import { plural } from '../../../ui/format.ts'
import { readingWords } from '../reading.ts'
import { markWords, reportRows, type ReportRow } from './report-facts.ts'
import css from './report-forest.module.css'

const WIDTH = 200
const roles = { primary: 'decides', guardrail: 'must not get worse', secondary: 'explains' } as const

/** Every metric against control, as far as a page has room: level, change, interval and what the rule reads in it. */
export function ReportForest({ analysis, plan }: { analysis: Analysis; plan: Plan }) {
  const { rows, domain, more } = reportRows(analysis, plan.minimumEffect)
  const several = plan.arms.length > 2
  return (
    <>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col" className={`${css.number} ${css.level}`}>{analysis.control}</th>
            <th scope="col" className={`${css.number} ${css.level}`}>{several ? 'Variant' : (rows[0]?.line.arm ?? 'Variant')}</th>
            <th scope="col" className={css.plot}><span className="sr">Change with its interval</span><ForestAxis domain={domain} width={WIDTH} /></th>
            <th scope="col" className={`${css.number} ${css.change}`}>Change, interval</th>
            <th scope="col" className={css.reading}>Reading</th>
          </tr>
        </thead>
        <tbody>{rows.map((row) => <Row key={`${row.metric.metric.role} ${row.metric.metric.key} ${row.line.arm}`} row={row} several={several} />)}</tbody>
      </table>
      <p className={css.key}>
        <span><MarkSwatch tone="win" /> better</span><span><MarkSwatch tone="flat" /> unclear, or holds</span><span><MarkSwatch tone="loss" /> worse</span>
        <span>{markWords(plan)}{more === 0 ? '' : ` ${plural(more, 'further comparison')} on the page.`}</span>
      </p>
    </>
  )
}

function Row({ row: { metric, line, first }, several }: { row: ReportRow; several: boolean }) {
  const { name, role } = metric.metric
  return (
    <tr className={first ? undefined : css.again}>
      <th scope="row">{first ? <>{name}<small>{roles[role]}; {metric.unit}</small></> : <span className="sr">{name}</span>}</th>
      <td className={css.number}>{first ? metric.control : ''}</td>
      <td className={css.number}>{line.value}{several ? <small>{line.arm}</small> : null}</td>
      <td className={css.plot}><ForestRow span={line.effect.deciding} band={line.effect.plain} domain={line.domain} width={WIDTH} height={32} tone={line.tone} limit={metric.limit} target={metric.target} label={`${name}, ${line.arm}: ${line.change}, interval ${line.interval || 'not known'}`} /></td>
      <td className={css.number}><b>{line.change}</b><small>{line.interval}{line.decidedBy === null ? '' : `, ${line.decidedBy}`}</small></td>
      <td>{readingWords(line.reading).words}</td>
    </tr>
  )
}
