import type { Analysis } from '@assay/server/contract'
import { ForestRow } from '../../charts/forest-row.tsx'
import { ownDomain } from '../../charts/forest-scale.ts'
import { forestGroups } from './forest-groups.ts'
import css from './verdict-number.module.css'

/** The effect of one arm on the deciding metric, large, with its interval. */
export function VerdictNumber({ analysis, arm, minimumEffect }: { analysis: Analysis; arm: string; minimumEffect: number | null }) {
  const relative = primaryLine(analysis, arm, minimumEffect, 'relative')
  // Without a level under control there is no relative change, but a difference there is.
  const found = relative?.line.effect.deciding.mid === null ? primaryLine(analysis, arm, minimumEffect, 'absolute') : relative
  if (!found || found.line.effect.deciding.mid === null) return null
  const { row, line } = found
  const domain = ownDomain(line.effect.deciding, row.target === undefined ? [] : [row.target])
  const several = analysis.arms.length > 2
  return (
    <div className={css.number}>
      <small>{row.metric.name}{several ? `, ${arm}` : ''}</small>
      <b className={`${css[line.tone] ?? ''} ${line.change.length > 7 ? (css.long ?? '') : ''}`}>{line.change}</b>
      <div className={css.plot}>
        <ForestRow span={line.effect.deciding} band={line.effect.plain} domain={domain} width={178} height={26} tone={line.tone} target={row.target} label={`${row.metric.name}: ${line.change}, ${line.interval}`} />
      </div>
      <span>{line.interval}, {line.decidedBy ?? '95% interval'}</span>
    </div>
  )
}

function primaryLine(analysis: Analysis, arm: string, minimumEffect: number | null, scale: 'relative' | 'absolute') {
  const row = forestGroups(analysis, minimumEffect, scale).find((group) => group.role === 'primary')?.metrics[0]
  const line = row?.lines.find((candidate) => candidate.arm === arm)
  return row && line ? { row, line } : undefined
}
