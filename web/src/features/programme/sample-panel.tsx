import type { Programme } from '@assay/server/contract'
import { Link } from '@tanstack/react-router'
import { useProjectKey } from '../../api/project.ts'
import { lift, liftRange } from '../../ui/effect-format.ts'
import { date, percent, plural } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { PastVerdict } from '../../ui/verdict/past-verdict.tsx'
import css from './programme.module.css'

/** Every experiment that the numbers are made of. */
export function SamplePanel({ programme: { experiments, sample } }: { programme: Programme }) {
  const project = useProjectKey()
  return (
    <Panel title="What is counted" aside={<span className="muted">{plural(sample.invalid, 'invalid one is', 'invalid ones are')} not counted, {plural(sample.open, 'has', 'have')} no final verdict yet</span>} padded={false}>
      <div className={css.scroll} tabIndex={0} role="region" aria-label="What is counted">
        <table className="table">
          <thead><tr><th scope="col">Experiment</th><th scope="col">Verdict</th><th scope="col">Metric</th><th scope="col" className="right">As measured</th><th scope="col" className="right">Drawn to the usual</th><th scope="col" className="right">Forecast</th><th scope="col">Shipped</th><th scope="col">Ended</th></tr></thead>
          <tbody>
            {experiments.map(({ key, title, verdict, metric, effect, shrunk, shipped, forecast, at }) => (
              <tr key={key}>
                <td className={css.name}><Link to="/p/$project/experiments/$experiment" params={{ project, experiment: key }}>{title}</Link><small>{key}</small></td>
                <td><PastVerdict verdict={verdict} /></td>
                <td>{metric}</td>
                <td className="right num">{effect === null ? 'None' : <>{lift(effect.lift)}<small className={css.range}>{liftRange(effect.lower, effect.upper)}</small></>}</td>
                <td className="right num">{shrunk === null ? <span className="muted">Too few</span> : lift(shrunk)}</td>
                <td className="right num">{forecast === null ? <span className="muted">None</span> : percent(forecast, 0)}</td>
                <td>{shipped ? 'Shipped' : <span className="muted">No</span>}</td>
                <td className={css.nowrap}>{date(at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
