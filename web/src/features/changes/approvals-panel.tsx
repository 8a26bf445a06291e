import { isChangeDone, type Change, type ReviewPolicy } from '@assay/server/contract'
import { IconCheck, IconEdit } from '@tabler/icons-react'
import { rolesText } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Panel } from '../../ui/panel.tsx'
import css from './approvals-panel.module.css'
import { standing } from './change-words.ts'

/** How many approvals it has and needs, whose, and whose no longer count. */
export function ApprovalsPanel({ change, policy }: { change: Change; policy: ReviewPolicy }) {
  const { given, needed } = change.approvals
  const people = standing(change.reviews)
  return (
    <Panel title="Approvals" aside={needed === 0 ? undefined : <b className="num">{given} of {needed}</b>}>
      <div className={css.body}>
        {needed === 0 ? <p className="soft">None are needed here.</p> : (
          <>
            <div className={css.quorum} role="img" aria-label={`${given} of ${needed} approvals`}>{Array.from({ length: needed }, (_, index) => <i key={index} data-given={index < given} />)}</div>
            {isChangeDone(change) ? null : <p className="muted">From {rolesText(policy.approvers)}, other than {change.author.name}.</p>}
          </>
        )}
        {people.length === 0 ? null : (
          <ul className={css.people}>
            {people.map(({ by, verdict, outdated, at }) => (
              <li key={by.id ?? by.name} data-outdated={outdated}>
                <Avatar name={by.name} size={22} />
                <div>
                  <b>{by.name}</b>
                  <span className={verdict === 'approved' && !outdated ? css.yes : undefined}>{verdict === 'approved' ? <IconCheck size={13} aria-hidden /> : <IconEdit size={13} aria-hidden />}{verdict === 'approved' ? 'Approved' : 'Asked for changes'}{outdated ? ', out of date' : ''}, <Ago at={at} /></span>
                </div>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  )
}
