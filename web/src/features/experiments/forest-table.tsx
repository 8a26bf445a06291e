import type { Analysis } from '@assay/server/contract'
import { SegmentedControl, Tooltip } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { Fragment, useState } from 'react'
import { ForestAxis } from '../../charts/forest-axis.tsx'
import { MarkSwatch } from '../../charts/mark-swatch.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWidth } from '../../ui/use-width.ts'
import { ComparisonDetail } from './comparison-detail.tsx'
import type { EffectScale } from './effect.ts'
import { forestGroups, sharedDomain } from './forest-groups.ts'
import { ForestMetricRows } from './forest-metric-rows.tsx'
import css from './forest-table.module.css'

const scales: readonly { value: EffectScale; label: string }[] = [{ value: 'relative', label: 'Relative' }, { value: 'absolute', label: 'Absolute' }]

/** Every metric of the plan against control, with its interval, grouped by what it is for. */
export function ForestTable({ analysis, minimumEffect }: { analysis: Analysis; minimumEffect: number | null }) {
  const [scale, setScale] = useState<EffectScale>('relative')
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [plot, width] = useWidth<HTMLDivElement>(320)
  const groups = forestGroups(analysis, minimumEffect, scale)
  const treatments = analysis.arms.filter((arm) => arm.arm !== analysis.control)
  const variantTitle = treatments.length === 1 ? (treatments[0]?.arm ?? '') : 'Variants'
  const toggle = (key: string) => {
    const next = new Set(open)
    if (!next.delete(key)) next.add(key)
    setOpen(next)
  }

  return (
    <Panel
      title="What changed"
      padded={false}
      aside={
        <>
          <ul className={css.legend} aria-label="Marks"><li><MarkSwatch tone="win" />Better</li><li><MarkSwatch tone="flat" />Unclear</li><li><MarkSwatch tone="loss" />Worse</li></ul>
          <SegmentedControl style={{ flex: 'none' }} aria-label="Show difference as" data={[...scales]} value={scale} onChange={(value) => { setScale(scales.find((known) => known.value === value)?.value ?? 'relative') }} />
        </>
      }
    >
      <div className={css.scroll} tabIndex={0} role="region" aria-label="Metrics against control">
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">Metric</th>
              <th scope="col" className={css.right}>{analysis.control}</th>
              <th scope="col" className={css.right}>{variantTitle}</th>
              <th scope="col" className={css.plot}>
                <span className="sr">Change with its interval</span>
                <div ref={plot}>{scale === 'relative' ? <ForestAxis domain={sharedDomain(groups)} width={width} /> : <span>Each on its own scale, zero in the middle</span>}</div>
              </th>
              <th scope="col" className={css.right}>Change</th>
              <th scope="col" className={css.right}>
                <Tooltip label="Probability that the variant is better than control on this metric. Shown, never decides."><span tabIndex={0} className={css.why}>Chance better <IconInfoCircle size={12} aria-hidden /></span></Tooltip>
              </th>
              <th scope="col">Reading</th>
            </tr>
          </thead>
          {groups.map((group) => (
            <tbody key={group.role}>
              <tr className={css.group}><th colSpan={7} scope="rowgroup">{group.title}</th></tr>
              {group.metrics.map((row) => {
                const key = `${group.role} ${row.metric.key}`
                return (
                  <Fragment key={key}>
                    <ForestMetricRows row={row} width={width} several={treatments.length > 1} open={open.has(key)} detailId={`detail-${group.role}-${row.metric.key}`} onToggle={() => { toggle(key) }} />
                    {open.has(key) ? <tr className={css.detail} id={`detail-${group.role}-${row.metric.key}`}><td colSpan={7}><ComparisonDetail metric={row.metric} control={analysis.control} /></td></tr> : null}
                  </Fragment>
                )
              })}
            </tbody>
          ))}
        </table>
      </div>
    </Panel>
  )
}
