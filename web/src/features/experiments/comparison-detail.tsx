import type { MetricResult } from '@assay/server/contract'
import { exact } from '../../ui/effect-format.ts'
import { count } from '../../ui/format.ts'
import css from './comparison-detail.module.css'
import { methodWords } from './effect.ts'

/** Every number behind one metric, exactly: for those who check. */
export function ComparisonDetail({ metric, control }: { metric: MetricResult; control: string }) {
  const decided = metric.comparisons.filter((comparison) => comparison.decidedBy !== undefined)
  return (
    <div className={css.detail}>
      <table className={css.numbers}>
        <caption>People and values per variant</caption>
        <thead><tr><th scope="col">Variant</th><th scope="col">People</th><th scope="col">Mean</th><th scope="col">Variance</th></tr></thead>
        <tbody>
          {metric.arms.map((arm) => <tr key={arm.arm}><th scope="row">{arm.arm}{arm.arm === control ? ', control' : ''}</th><td>{count(arm.n)}</td><td>{shown(arm.mean)}</td><td>{shown(arm.variance)}</td></tr>)}
        </tbody>
      </table>
      <table className={css.numbers}>
        <caption>Welch’s test on the difference, Fieller’s interval on the lift, 95%, not adjusted</caption>
        <thead>
          <tr><th scope="col">Variant</th><th scope="col">Difference</th><th scope="col">From</th><th scope="col">To</th><th scope="col">Standard error</th><th scope="col">t</th><th scope="col">df</th><th scope="col">p</th></tr>
        </thead>
        <tbody>
          {metric.comparisons.map((one) => <tr key={one.arm}><th scope="row">{one.arm}</th>{[one.diff, one.ciLower, one.ciUpper, one.se, one.t, one.df, one.p].map((value, index) => <td key={index}>{shown(value)}</td>)}</tr>)}
        </tbody>
      </table>
      <table className={css.numbers}>
        <thead><tr><th scope="col">Variant</th><th scope="col">Lift</th><th scope="col">From</th><th scope="col">To</th><th scope="col">Chance better</th><th scope="col">Status</th><th scope="col">Notes</th></tr></thead>
        <tbody>
          {metric.comparisons.map((one) => <tr key={one.arm}><th scope="row">{one.arm}</th>{[one.lift, one.liftLower, one.liftUpper, one.chanceBetter].map((value, index) => <td key={index}>{shown(value)}</td>)}<td>{words(one.status)}</td><td>{one.flags.length === 0 ? 'none' : one.flags.map(words).join(', ')}</td></tr>)}
        </tbody>
      </table>
      {decided.length === 0 ? null : (
        <table className={css.numbers}>
          <caption>The interval that decided</caption>
          <thead><tr><th scope="col">Variant</th><th scope="col">Method</th><th scope="col">p</th><th scope="col">Difference from</th><th scope="col">To</th><th scope="col">Lift from</th><th scope="col">To</th></tr></thead>
          <tbody>
            {decided.map(({ arm, decidedBy }) => decidedBy === undefined ? null : (
              <tr key={arm}><th scope="row">{arm}</th><td>{methodWords(decidedBy.method)}</td>{[decidedBy.p, decidedBy.ciLower, decidedBy.ciUpper, decidedBy.liftLower ?? null, decidedBy.liftUpper ?? null].map((value, index) => <td key={index}>{shown(value)}</td>)}</tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

function shown(value: number | null): string {
  return value === null ? '–' : exact(value)
}

function words(code: string): string {
  return code.replaceAll('_', ' ')
}
