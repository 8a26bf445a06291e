import { Button } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { inboxQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { useMe } from '../../api/session.ts'
import { Empty } from '../../ui/empty.tsx'
import { Failure } from '../../ui/failure.tsx'
import { ago } from '../../ui/format.ts'
import { WaitingRow } from '../../ui/inbox/waiting-row.tsx'
import { Loading } from '../../ui/loading.tsx'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Top } from '../../ui/top.tsx'
import { groupsOf, inboxLead, leftOut } from './inbox-groups.ts'
import css from './inbox-page.module.css'

/** What waits for the person who is signed in, the most urgent first. */
export function InboxPage() {
  const project = useProject()
  const isViewer = useMe().projects.find(({ key }) => key === project.key)?.role === 'viewer'
  const { data, error, dataUpdatedAt, refetch } = useQuery(inboxQuery(project.key))

  const body = () => {
    if (error && !data) return <Failure error={error} onRetry={() => { void refetch() }} />
    if (!data) return <Loading />
    const more = leftOut(data)
    return (
      <>
        {error ? <div className={css.stale}><Notice tone="warn">This is as of {ago(new Date(dataUpdatedAt).toISOString())}. {messageOf(error)}</Notice></div> : null}
        {data.items.length === 0 ? (
          <Empty icon={<IconInbox size={28} stroke={1.6} />} title="Nothing waits for you" action={<Button variant="default" renderRoot={(props) => <Link to="/p/$project" params={{ project: project.key }} {...props} />}>Go to Home</Button>}>
            {isViewer ? 'You are a viewer here: you may read everything, and nothing is asked of you.' : 'Decisions that are due, changes to review, work that others ask of you, and what goes wrong with yours stand here when they come.'}
          </Empty>
        ) : groupsOf(data).map(({ urgency, title, sentence, items, total }) => (
          <Panel key={urgency} padded={false} title={<>{title} <span className={css.count}>{total}</span></>} aside={<span className="muted">{sentence}</span>}>
            <ul className={css.rows}>{items.map((item) => <li key={`${item.kind} ${item.key}`}><WaitingRow item={item} /></li>)}</ul>
          </Panel>
        ))}
        {more === null ? null : <p className="muted">{more}</p>}
      </>
    )
  }
  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Inbox' }]} />
      <Page title="Inbox" lead={data ? inboxLead(data) : undefined}>{body()}</Page>
    </>
  )
}
