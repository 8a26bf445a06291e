import type { ExperimentSummary, Hypothesis } from '@assay/server/contract'
import { Link } from '@tanstack/react-router'
import { useProjectKey } from '../../api/project.ts'
import { timeTicks } from '../../charts/time-ticks.ts'
import { date } from '../../ui/format.ts'
import { LevelGlyph, levelNames } from '../../ui/level-glyph.tsx'
import { useWidth } from '../../ui/use-width.ts'
import css from './hypotheses-timeline.module.css'
import { shareOf, timelineOf } from './timeline.ts'

interface Props {
  hypotheses: readonly Hypothesis[]
  experiments: readonly ExperimentSummary[]
  now: Date
}

/** What was believed when, and for how long it was tested. */
export function HypothesesTimeline({ hypotheses, experiments, now }: Props) {
  const project = useProjectKey()
  const [axis, width] = useWidth<HTMLDivElement>(600)
  const timeline = timelineOf(hypotheses, experiments, now)
  const left = (at: number) => `${shareOf(timeline, at) * 100}%`
  const span = (from: number, to: number) => ({ left: left(from), width: `${shareOf(timeline, to) * 100 - shareOf(timeline, from) * 100}%` })
  const ticks = timeTicks([timeline.from, timeline.to], width)
  const today = now.getTime()
  return (
    <div className={`tablewrap ${css.wrap}`} tabIndex={0} role="region" aria-label="Hypotheses over time">
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">Hypothesis</th>
            <th scope="col"><span className="sr">Tested</span><div ref={axis} className={css.axis} aria-hidden>{ticks.map(({ at, label }) => <span key={at} style={{ left: left(at) }}>{label}</span>)}</div></th>
          </tr>
        </thead>
        <tbody>
          {timeline.rows.map(({ hypothesis: { key, title, level }, writtenAt, bars }) => (
            <tr key={key}>
              <th scope="row"><LevelGlyph level={level} size={18} /><span><Link to="/p/$project/hypotheses/$hypothesis" params={{ project, hypothesis: key }}>{title}</Link><small>{key}, {levelNames[level - 1]}</small></span></th>
              <td>
                <div className={css.track}>
                  {ticks.map(({ at }) => <i key={at} className={css.grid} style={{ left: left(at) }} />)}
                  <i className={css.today} style={{ left: left(today) }} />
                  <i className={css.written} style={{ left: left(writtenAt) }} role="img" aria-label={`Written on ${date(new Date(writtenAt).toISOString(), now)}`} />
                  {bars.map((bar) => (
                    <span key={bar.experiment}>
                      {bar.plannedTo === null ? null : <i className={css.planned} style={span(bar.to, bar.plannedTo)} />}
                      <Link to="/p/$project/experiments/$experiment" params={{ project, experiment: bar.experiment }} className={css.bar} data-tone={bar.chip.tone} style={span(bar.from, bar.to)} aria-label={bar.words} title={bar.words}><span>{bar.experiment}, {bar.chip.label}</span></Link>
                    </span>
                  ))}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={css.legend}><span><i className={css.written} />Written</span><span><i className={css.plannedKey} />Planned</span><span><i className={css.todayKey} />Today</span></p>
    </div>
  )
}
