import type { Learning } from '@assay/server/contract'
import { IconArrowsSplit2, IconMoodSad, IconRepeat } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useProjectKey } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Chip } from '../../ui/chip.tsx'
import { lift, liftRange } from '../../ui/effect-format.ts'
import { EvidenceMark } from '../../ui/verdict/evidence-mark.tsx'
import { PastVerdict } from '../../ui/verdict/past-verdict.tsx'
import css from './learning-card.module.css'

const choices = { ship: 'Shipped', remove: 'Removed', iterate: 'Tried again differently' } as const
const replications = { none: null, running: 'Tested once more, no answer yet', held: 'Held when tested once more', not_held: 'Did not hold when tested once more', unclear: 'Unclear when tested once more' } as const

/** One thing that an experiment taught: the claim first, then how far to rely on it. */
export function LearningCard({ learning }: { learning: Learning }) {
  const project = useProjectKey()
  const { experiment, hypothesis, title, text, snippet, belief, verdict, wrong, evidence, metric, replication, contradictedBy, choice, by, at } = learning
  const again = replications[replication.state]
  return (
    <article className={css.card} aria-labelledby={`learning-${experiment}`}>
      <header>
        <h2 id={`learning-${experiment}`}><Link to="/p/$project/experiments/$experiment" params={{ project, experiment }}>{title}</Link></h2>
        <span className={css.chips}>
          <PastVerdict verdict={verdict} />
          {wrong ? <Chip icon={<IconMoodSad size={13} aria-hidden />}>We were wrong</Chip> : null}
        </span>
      </header>
      <blockquote>{text}</blockquote>
      {snippet === undefined ? null : <p className={css.snippet}>… {snippet.map((piece, index) => (piece.found ? <mark key={index}>{piece.text}</mark> : piece.text))} …</p>}
      <p className={css.belief}>{belief}</p>
      <dl className={css.facts}>
        <div><dt>{metric.name}</dt><dd className="num">{learning.lift === null ? 'No estimate' : <>{lift(learning.lift)} <small>{liftRange(learning.liftLower, learning.liftUpper)}</small></>}</dd></div>
        <div><dt>Rely on it</dt><dd><EvidenceMark strength={evidence} /></dd></div>
        <div><dt>Done</dt><dd>{choices[choice]}</dd></div>
      </dl>
      {again === null ? null : <p className={css.line}><IconRepeat size={15} aria-hidden /><span>{again}: {replication.hypotheses.map((key, index) => <span key={key}>{index === 0 ? '' : ', '}<Link to="/p/$project/hypotheses/$hypothesis" params={{ project, hypothesis: key }}>{key}</Link></span>)}</span></p>}
      {contradictedBy.length === 0 ? null : <p className={css.against}><IconArrowsSplit2 size={15} aria-hidden /><span>Contradicted by {contradictedBy.map((key, index) => <span key={key}>{index === 0 ? '' : ', '}<Link to="/p/$project/experiments/$experiment" params={{ project, experiment: key }}>{key}</Link></span>)}</span></p>}
      <footer><Avatar name={by} size={20} /><span>{by}, <Ago at={at} /></span><span className="grow" /><Link to="/p/$project/hypotheses/$hypothesis" params={{ project, hypothesis }}>{hypothesis}</Link><Link to="/p/$project/experiments/$experiment" params={{ project, experiment }}>{experiment}</Link></footer>
    </article>
  )
}
