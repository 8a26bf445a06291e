import type { Analysis } from '@assay/server/contract'
import { exact } from '../../ui/effect-format.ts'
import css from './people-panel.module.css'

/** The test behind the words about the split. */
export function SrmFacts({ analysis: { srm } }: { analysis: Analysis }) {
  return (
    <dl className={css.health}>
      <dt>Chi-square{srm.df > 0 ? `, df ${srm.df}` : ''}</dt><dd>{shown(srm.chi2)}</dd>
      <dt>p of this split</dt><dd>{shown(srm.p)}</dd>
      <dt>p, checked daily</dt><dd>{shown(srm.sequentialP)}</dd>
    </dl>
  )
}

function shown(value: number | null): string {
  return value === null ? '–' : exact(Number(value.toPrecision(4)))
}
