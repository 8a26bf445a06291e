import type { Change } from '@assay/server/contract'
import { IconCalendarClock, IconCheck, IconCircleCheck, IconEdit, IconGitPullRequest, IconMessageCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Ago } from '../../ui/ago.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Panel } from '../../ui/panel.tsx'
import { byItself } from './change-words.ts'
import css from './conversation-panel.module.css'

const verdicts = {
  approved: { words: 'approved', icon: <IconCheck size={14} aria-hidden />, tone: css.win },
  changes_requested: { words: 'asked for changes', icon: <IconEdit size={14} aria-hidden />, tone: css.warn },
  comment: { words: 'commented', icon: <IconMessageCircle size={14} aria-hidden />, tone: undefined },
} as const

/** What was said about the change, from the proposal to what became of it, with the form to say something below. */
export function ConversationPanel({ change, children }: { change: Change; children?: ReactNode }) {
  return (
    <Panel title="Reviews" padded={false}>
      <ol className={css.list}>
        <Entry icon={<IconGitPullRequest size={14} aria-hidden />} who={change.author.name} did="proposed it" at={change.createdAt} text={change.reason} />
        {change.reviews.map((review, index) => (
          <Entry
            key={index}
            icon={verdicts[review.verdict].icon}
            tone={verdicts[review.verdict].tone}
            who={review.by.name}
            did={verdicts[review.verdict].words}
            at={review.at}
            text={review.comment}
            mark={review.outdated && review.verdict !== 'comment' ? <><Chip tone="flat">Out of date</Chip><span className="muted">{review.revision < change.revision ? 'Given for an earlier version of the proposal' : 'Given by somebody who may no longer approve'}</span></> : undefined}
          />
        ))}
        {change.applied === null ? null : <Entry icon={byItself(change) ? <IconCalendarClock size={14} aria-hidden /> : <IconCircleCheck size={14} aria-hidden />} tone={css.win} who={byItself(change) ? 'Its time' : change.applied.by} did={`applied it as revision ${change.applied.revision}`} at={change.applied.at} text="" />}
        {change.status === 'withdrawn' || change.status === 'rejected' ? <Entry icon={<IconGitPullRequest size={14} aria-hidden />} who={change.status === 'withdrawn' ? change.author.name : 'It'} did={change.status === 'withdrawn' ? 'took it back' : 'was turned down'} at={change.changedAt} text="" /> : null}
      </ol>
      {children}
    </Panel>
  )
}

function Entry({ icon, tone, who, did, at, text, mark }: { icon: ReactNode; tone?: string | undefined; who: string; did: string; at: string; text: string; mark?: ReactNode }) {
  return (
    <li className={css.entry}>
      <span className={`${css.mark} ${tone ?? ''}`}>{icon}</span>
      <div>
        <p className={css.line}><span><b>{who}</b> {did}</span>{mark}<span className={css.at}><Ago at={at} /></span></p>
        {text === '' ? null : <p className={css.text}>{text}</p>}
      </div>
    </li>
  )
}
