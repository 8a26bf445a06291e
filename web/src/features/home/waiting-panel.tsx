import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { inboxQuery } from '../../api/project-queries.ts'
import { Failure } from '../../ui/failure.tsx'
import { count } from '../../ui/format.ts'
import { WaitingRow } from '../../ui/inbox/waiting-row.tsx'
import { Panel } from '../../ui/panel.tsx'
import css from './home.module.css'

const SHOWN = 4

/** The top of the inbox. */
export function WaitingPanel({ project }: { project: string }) {
  const { data, error, refetch } = useQuery(inboxQuery(project))
  const all = data ? data.counts.now + data.counts.next + data.counts.later : 0
  const body = () => {
    if (error && !data) return <Failure error={error} onRetry={() => { void refetch() }} />
    if (!data) return <p className={css.quiet}>Looking</p>
    if (all === 0) return <p className={css.quiet}>Nothing. Decisions, reviews and what goes wrong with yours show up here.</p>
    return <ul className={css.waiting}>{data.items.slice(0, SHOWN).map((item) => <li key={`${item.kind} ${item.key}`}><WaitingRow item={item} /></li>)}</ul>
  }
  return (
    <Panel title="Waits for you" padded={false} aside={<Link to="/p/$project/inbox" params={{ project }}>{all > SHOWN ? `All ${count(all)} in the inbox` : 'Inbox'}</Link>}>{body()}</Panel>
  )
}
