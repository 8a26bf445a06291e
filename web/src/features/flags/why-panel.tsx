import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { FlagDetail } from '@assay/server/contract'
import { hypothesesQuery } from '../../api/project-queries.ts'
import { useProjectKey } from '../../api/project.ts'
import { LevelGlyph, levelNames } from '../../ui/level-glyph.tsx'
import { Panel } from '../../ui/panel.tsx'
import css from './rail.module.css'

/** The hypothesis that the flag answers, or what somebody wrote about it. */
export function WhyPanel({ flag }: { flag: FlagDetail }) {
  const project = useProjectKey()
  const [experiment] = flag.experiments
  const hypotheses = useQuery({ ...hypothesesQuery(project), enabled: experiment !== undefined })
  const hypothesis = hypotheses.data?.hypotheses.find(({ key }) => key === experiment?.hypothesis)
  return (
    <Panel title="Why this flag exists">
      {experiment && hypothesis ? (
        <div className={css.why}>
          <span className={css.glyph}><LevelGlyph level={hypothesis.level} size={28} /></span>
          <div>
            <b>{hypothesis.key}, {levelNames[hypothesis.level - 1]}</b>
            <p>We believe {hypothesis.change === '' ? hypothesis.title : hypothesis.change}{hypothesis.audience === '' ? '' : <> for <u>{hypothesis.audience}</u></>}{hypothesis.because === '' ? '' : `, because ${hypothesis.because}`}.</p>
            <div className={css.links}>
              <Link to="/p/$project/hypotheses/$hypothesis" params={{ project, hypothesis: hypothesis.key }}>Read the hypothesis</Link>
              <Link to="/p/$project/experiments/$experiment" params={{ project, experiment: experiment.key }}>{experiment.status === 'draft' ? 'See the draft' : 'See results'}</Link>
            </div>
          </div>
        </div>
      ) : null}
      {flag.description === '' ? null : <p className={css.description}>{flag.description}</p>}
      {experiment === undefined && flag.description === '' ? <p className="soft">Nobody has said so yet. <Link to="/p/$project/hypotheses/new" params={{ project }}>Write a hypothesis</Link>, or describe the flag under Details.</p> : null}
    </Panel>
  )
}
