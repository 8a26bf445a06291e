import type { ExperimentSummary, Hypothesis } from '@assay/server/contract'
import { IconArrowRight, IconCircleDashed } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useProjectKey } from '../../api/project.ts'
import css from './next-step.module.css'
import { levels } from './levels.ts'
import { stepFor, steps } from './wizard-steps.ts'

/** What has to be true before a hypothesis climbs to its next level. */
export function NextStep({ hypothesis, newest }: { hypothesis: Hypothesis; newest: ExperimentSummary | undefined }) {
  const project = useProjectKey()
  const { key, level, missing } = hypothesis
  const up = levels.find((each) => each.level === level)?.up ?? ''
  if (level === 1 && missing.length > 0) {
    return (
      <div className={css.next}>
        <h3>Still open before it can start</h3>
        <ul className={css.missing}>
          {missing.map(({ field, message }) => {
            const step = stepFor(field)
            return (
              <li key={field}>
                <IconCircleDashed size={16} aria-hidden />
                <span>{message}</span>
                <Link to="/p/$project/hypotheses/$hypothesis/edit" params={{ project, hypothesis: key }} search={{ step }}>{steps.find((each) => each.id === step)?.name}<span className="sr">: {message}</span></Link>
              </li>
            )
          })}
        </ul>
      </div>
    )
  }
  return (
    <div className={css.next}>
      <h3>{level === 4 ? 'To close the loop' : 'To climb to the next level'}</h3>
      <p>{up}{newest === undefined ? null : <> <Link to="/p/$project/experiments/$experiment" params={{ project, experiment: newest.key }}>Open {newest.key} <IconArrowRight size={13} aria-hidden /></Link></>}</p>
    </div>
  )
}
