import type { ExperimentSummary, Hypothesis } from '@assay/server/contract'
import { IconChevronRight, IconFlag3, IconTarget } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useProjectKey } from '../../api/project.ts'
import { Avatar } from '../../ui/avatar.tsx'
import type { Names } from './believe-sentence.ts'
import { cardState } from './card-state.ts'
import { effectWords } from './effect-words.ts'
import css from './hypothesis-card.module.css'
import { StateChip } from './state-chip.tsx'

interface Props {
  hypothesis: Hypothesis
  newest: ExperimentSummary | undefined
  names: Names
  now: Date
}

/** A hypothesis on the board. */
export function HypothesisCard({ hypothesis, newest, names, now }: Props) {
  const project = useProjectKey()
  const { key, title, change: what, audience, cohort, primaryMetric, direction, minimumEffect, experiments, createdBy } = hypothesis
  const { chip, foot, progress } = cardState(hypothesis, newest, now)
  const who = audience !== '' ? audience : cohort === null ? '' : names.cohort(cohort)
  const flags = new Set(experiments.map((experiment) => experiment.flag)).size
  return (
    <article className={css.card} aria-labelledby={`card-${key}`}>
      <div className={css.top}><span className={css.key}>{key}</span><StateChip chip={chip} /></div>
      <h3 id={`card-${key}`}><Link to="/p/$project/hypotheses/$hypothesis" params={{ project, hypothesis: key }}>{title}</Link></h3>
      {what === '' && who === '' ? null : <p className={css.sentence}>{what === '' ? <span>something</span> : <u>{what}</u>}{who === '' ? null : <> for <u>{who}</u></>}</p>}
      {progress === null ? null : <div className={css.progress} role="progressbar" aria-label="Share of the plan that is fulfilled" aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(progress * 100)}><i data-tone={foot.tone} style={{ width: `${progress * 100}%` }} /></div>}
      <div className={css.facts}>
        {primaryMetric === null ? null : <span className={css.fact}><IconTarget size={13} aria-hidden /><span className="sr">Decided by </span>{names.metric(primaryMetric)}{minimumEffect === null ? '' : ` ${effectWords(direction, minimumEffect)}`}</span>}
        <span className="grow" />
        {flags === 0 ? null : <span className={css.fact}><IconFlag3 size={13} aria-hidden />{flags}<span className="sr"> {flags === 1 ? 'flag' : 'flags'}</span></span>}
        <Avatar name={createdBy} size={20} />
      </div>
      {foot.text === '' ? null : <div className={css.foot} data-tone={foot.tone}><span>{foot.text}</span>{foot.tone === 'act' ? <IconChevronRight size={13} aria-hidden /> : null}</div>}
    </article>
  )
}
