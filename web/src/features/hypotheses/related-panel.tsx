import type { Hypothesis } from '@assay/server/contract'
import { IconArrowForwardUp, IconPlus, IconRepeat } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { usePermit, useProjectKey } from '../../api/project.ts'
import { Panel } from '../../ui/panel.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import css from './related-panel.module.css'

const words = { follow_up: 'with another change', replication: 'the same once more' } as const

/** Where a hypothesis comes from, what goes on from it, and the ways to go on. */
export function RelatedPanel({ hypothesis }: { hypothesis: Hypothesis }) {
  const project = useProjectKey()
  const navigate = useNavigate()
  const permit = usePermit('hypothesis.write')
  const { key, relatedTo, followedBy = [], level } = hypothesis
  const next = (kind: keyof typeof words) => () => { void navigate({ to: '/p/$project/hypotheses/new', params: { project }, search: { from: key, kind } }) }
  const mayGoOn = level >= 3
  if (relatedTo === undefined && followedBy.length === 0 && !mayGoOn) return null
  return (
    <Panel title="How it goes on">
      <ul className={css.related}>
        {relatedTo === undefined ? null : <li>Goes on from <Link to="/p/$project/hypotheses/$hypothesis" params={{ project, hypothesis: relatedTo.hypothesis }}>{relatedTo.hypothesis}</Link>, {words[relatedTo.kind]}</li>}
        {followedBy.map((other) => (
          <li key={other.key}>
            {other.kind === 'replication' ? <IconRepeat size={15} aria-hidden /> : <IconArrowForwardUp size={15} aria-hidden />}
            <span><Link to="/p/$project/hypotheses/$hypothesis" params={{ project, hypothesis: other.key }}>{other.key} {other.title}</Link>, {words[other.kind]}</span>
          </li>
        ))}
        {followedBy.length === 0 && mayGoOn ? <li className="muted">Nobody went on from it yet.</li> : null}
      </ul>
      {mayGoOn ? (
        <div className={css.ways}>
          <PermittedButton permit={permit} variant="default" size="compact-sm" leftSection={<IconPlus size={13} />} onClick={next('follow_up')}>Write a follow-up</PermittedButton>
          <PermittedButton permit={permit} variant="default" size="compact-sm" leftSection={<IconRepeat size={13} />} onClick={next('replication')}>Test it once more</PermittedButton>
        </div>
      ) : null}
    </Panel>
  )
}
