import { isChangeFound, isChangeInView, type ChangeView } from '@assay/server/contract'
import { Button, Select } from '@mantine/core'
import { IconGitPullRequest } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { changesQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { Empty } from '../../ui/empty.tsx'
import { ExportMenu } from '../../ui/export-menu/export-menu.tsx'
import { Failure } from '../../ui/failure.tsx'
import { count } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Top } from '../../ui/top.tsx'
import { ViewTabs } from '../../ui/view-tabs.tsx'
import { ChangeRow } from './change-row.tsx'
import { changeView, changeViews, inOrder } from './change-views.ts'
import css from './changes-page.module.css'

/** Rows at a time. */
const PAGE = 100

const nothing: Record<ChangeView, string> = {
  waiting: 'Nothing waits for you',
  open: 'No change is open',
  scheduled: 'No change is scheduled',
  done: 'No change was applied or turned down yet',
}

export function ChangesPage() {
  const project = useProject()
  const search = useSearch({ from: '/signed-in/p/$project/changes' })
  const navigate = useNavigate({ from: '/p/$project/changes' })
  const [limit, setLimit] = useState(PAGE)
  const query = useQuery(changesQuery(project.key))
  const all = query.data?.changes ?? []
  const view = changeView(search.view, all)
  const inView = inOrder(all.filter((change) => isChangeInView(change, view)), view)
  const shown = inView.filter((change) => isChangeFound(change, search.q ?? '', search.environment))
  const set = (part: Partial<typeof search>) => { void navigate({ search: (old) => ({ ...old, ...part }), replace: true }) }

  const body = () => {
    if (query.isLoadingError) return <Failure error={query.error} onRetry={() => { void query.refetch() }} />
    if (all.length === 0) {
      return (
        <Empty icon={<IconGitPullRequest size={28} stroke={1.6} />} title="No change was proposed yet" action={<Button renderRoot={(props) => <Link to="/p/$project/flags" params={{ project: project.key }} {...props} />}>Go to flags</Button>}>
          Edit a flag and propose the change, or give it a time: others review it here, and it goes live when you all agree.
        </Empty>
      )
    }
    return (
      <>
        <ViewTabs views={changeViews.map(({ value, label }) => ({ value, label, count: all.filter((change) => isChangeInView(change, value)).length }))} value={view} onChange={(next) => { void navigate({ search: (old) => ({ ...old, view: next }) }) }} controls="changes-in-view" />
        <div role="tabpanel" id="changes-in-view" aria-labelledby={`view-${view}`}>
          <div className={css.filters}>
            <SearchField label="Search changes" placeholder="Reason, flag or author" className={css.search} value={search.q} onChange={(q) => { set({ q }) }} />
            <Select aria-label="Environment" placeholder="Every environment" className={css.environment ?? ''} data={project.environments.map(({ key, name }) => ({ value: key, label: name }))} value={search.environment ?? null} onChange={(environment) => { set({ environment: environment ?? undefined }) }} clearable clearButtonProps={{ 'aria-label': 'Every environment' }} />
          </div>
          {shown.length > 0 ? (
            <>
              <ul className={css.list}>{shown.slice(0, limit).map((change) => <li key={change.key}><ChangeRow change={change} /></li>)}</ul>
              <div className={css.pager}>
                <span>{count(Math.min(limit, shown.length))} of {count(inView.length)} shown</span>
                {shown.length > limit ? <Button variant="default" size="compact-sm" onClick={() => { setLimit(limit + PAGE) }}>Load more</Button> : null}
              </div>
            </>
          ) : inView.length === 0 ? (
            <Empty title={nothing[view]}>Look in another view.</Empty>
          ) : (
            <Empty title="No change matches" action={<Button variant="default" onClick={() => { set({ q: undefined, environment: undefined }) }}>Clear filters</Button>}>Clear the search, or look in another view.</Empty>
          )}
        </div>
      </>
    )
  }

  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Changes' }]} />
      {query.isPending ? <Loading rows={6} /> : <Page wide title="Changes" lead="What is proposed, who has to look at it, and when it goes live." actions={all.length > 0 ? <ExportMenu resource="changes" filters={{ view, q: search.q, environment: search.environment }} /> : undefined}>{body()}</Page>}
    </>
  )
}
