import type { Programme } from '@assay/server/contract'
import { Link } from '@tanstack/react-router'
import { useProject } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { lift, liftRange } from '../../ui/effect-format.ts'
import { EnvTag } from '../../ui/env-tag.tsx'
import { count, date, percent } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import css from './programme.module.css'

/** What was shipped did all together, against those who were kept out of it: the only number here that nobody picked. */
export function HoldoutsPanel({ holdouts }: { holdouts: Programme['holdouts'] }) {
  const project = useProject()
  return (
    <Panel title="Cumulative impact, from holdouts">
      {holdouts.length === 0 ? <p className="soft">Nobody is held out. <Link to="/p/$project/layers" params={{ project: project.key }}>Hold a few people out</Link> of what experiments ship, and their difference to everybody else is the impact of all of it together.</p> : (
        <ul className={css.holdouts}>
          {holdouts.map((holdout) => {
            const environment = project.environments.find(({ key }) => key === holdout.environment)
            return (
              <li key={`${holdout.key} ${holdout.environment}`}>
                <div className={css.head}>
                  <b>{holdout.name}</b>
                  <EnvTag name={environment?.name ?? holdout.environment} production={environment?.production ?? false} />
                  <span className="muted">{percent(holdout.share)} held out since {date(holdout.since)}. {count(holdout.held)} held, {count(holdout.open)} not{holdout.lastAt === null ? '' : <>, last seen <Ago at={holdout.lastAt} /></>}</span>
                </div>
                <p>{holdout.sentence}</p>
                {holdout.metrics.length === 0 ? null : (
                  <dl className={css.effects}>
                    {holdout.metrics.map(({ metric, name, effect, sentence }) => <div key={metric}><dt>{name}</dt><dd className="num">{effect === null ? sentence : <>{lift(effect.lift)} <small className={css.beside}>{liftRange(effect.lower, effect.upper)}</small></>}</dd></div>)}
                  </dl>
                )}
              </li>
            )
          })}
        </ul>
      )}
    </Panel>
  )
}
