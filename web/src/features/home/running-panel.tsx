import { Link } from '@tanstack/react-router'
import type { ExperimentSummary } from '@assay/server/contract'
import { plural } from '../../ui/format.ts'
import { LevelGlyph, levelNames } from '../../ui/level-glyph.tsx'
import { Panel } from '../../ui/panel.tsx'
import { runningDay } from '../../ui/plan/running-day.ts'
import css from './home.module.css'

/** Experiments that are collecting, each with what its sealed rule says so far. */
export function RunningPanel({ project, experiments }: { project: string; experiments: readonly ExperimentSummary[] }) {
  return (
    <Panel title="Running experiments" padded={false} aside={<Link to="/p/$project/experiments" params={{ project }}>All</Link>}>
      {experiments.length === 0 ? <p className={css.quiet}>None. <Link to="/p/$project/hypotheses" params={{ project }}>Take a hypothesis</Link> and put it to the test.</p> : (
        <ul className={css.rows}>
          {experiments.map((experiment) => (
            <li key={experiment.key}>
              <LevelGlyph level={experiment.level} size={20} />
              <div className={css.about}>
                <div className={css.title}><span className={css.key}>{experiment.key}</span><Link to="/p/$project/experiments/$experiment" params={{ project, experiment: experiment.key }}>{experiment.title}</Link></div>
                <p>{experiment.verdict?.sentence ?? 'Not analysed yet.'}<span className="sr"> {levelNames[experiment.level - 1]}.</span></p>
              </div>
              <div className={css.state}>
                <span className="num">{experiment.people === 1 ? '1 person' : plural(experiment.people, 'person', 'people')}</span>
                <small>{runningDay(experiment, new Date())}</small>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
