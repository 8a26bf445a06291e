import type { Analysis } from '@assay/server/contract'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { Panel } from '../../ui/panel.tsx'
import { seriesColour } from '../../ui/split-bar.tsx'
import css from './findings-panel.module.css'
import { findingWords } from './findings.ts'
import { VerdictChip } from './verdict-chip.tsx'

/** Why the verdict is what it is, and what else was found that does not block it. */
export function FindingsPanel({ analysis }: { analysis: Analysis }) {
  const { verdict, control } = analysis
  const treatments = analysis.arms.map((arm) => arm.arm).filter((arm) => arm !== control)
  return (
    <Panel title="Reasons">
      <ul className={css.list}>
        {verdict.reasons.map((reason) => <li key={JSON.stringify(reason)}><IconInfoCircle size={16} aria-hidden /><span>{findingWords(reason, analysis)}</span></li>)}
        {verdict.warnings.map((warning) => <li key={JSON.stringify(warning)} className={css.warn}><IconAlertTriangle size={16} role="img" aria-label="Warning" /><span>{findingWords(warning, analysis)}</span></li>)}
      </ul>
      {verdict.arms.length < 2 ? null : (
        <ul className={css.arms} aria-label="Verdict per variant">
          {verdict.arms.map((arm) => <li key={arm.arm}><i style={{ background: seriesColour(treatments.indexOf(arm.arm) + 1) }} />{arm.arm}<span className="grow" /><VerdictChip kind={arm.kind} final={arm.final} /></li>)}
        </ul>
      )}
    </Panel>
  )
}
