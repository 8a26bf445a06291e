import type { ExperimentDetail } from '@assay/server/contract'
import { percent } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { seriesColour, SplitBar } from '../../ui/split-bar.tsx'
import { admissionFacts, admittedParts } from './admission.ts'
import css from './admission-panel.module.css'

/** Who meets what by the rule as it stands now. */
export function AdmissionPanel({ experiment }: { experiment: ExperimentDetail }) {
  const parts = admittedParts(experiment)
  return (
    <Panel title="Who meets what">
      <SplitBar parts={parts} height={8} />
      <ul className={css.arms}>
        {parts.map(({ label, share, series }) => <li key={label}><i style={{ background: seriesColour(series) }} /><span>{label}{series === 0 ? <small> control</small> : null}</span><b>{percent(share)}</b></li>)}
      </ul>
      <dl className={css.facts}>
        {admissionFacts(experiment).map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
      </dl>
    </Panel>
  )
}
