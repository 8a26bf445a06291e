import type { FlagView } from '@assay/server/contract'
import { Button } from '@mantine/core'
import { IconArrowsDiff, IconFlag3, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { flagViewsQuery } from '../../api/project-queries.ts'
import { usePermit, useProject } from '../../api/project.ts'
import { Empty } from '../../ui/empty.tsx'
import { ExportMenu } from '../../ui/export-menu/export-menu.tsx'
import { Failure } from '../../ui/failure.tsx'
import { count, plural } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { Top } from '../../ui/top.tsx'
import { ViewTabs } from '../../ui/view-tabs.tsx'
import { sortedBy, sortSearch } from './flag-sort.ts'
import { askedOf, flagView, flagViews, isFiltered, knownFilter } from './flag-views.ts'
import css from './flags-page.module.css'
import { flagPagesQuery } from './flags-queries.ts'
import { FlagsTable } from './flags-table.tsx'
import { useUsage } from './use-usage.ts'

const BulkActions = lazy(async () => ({ default: (await import('./bulk-actions.tsx')).BulkActions }))
const NewFlagDialog = lazy(async () => ({ default: (await import('./new-flag-dialog.tsx')).NewFlagDialog }))
const FlagFilters = lazy(async () => ({ default: (await import('./flag-filters.tsx')).FlagFilters }))

export function FlagsPage() {
  const project = useProject()
  const permit = usePermit('flag.write')
  const { view: askedView, sort, order, new: asksNew, ...filter } = useSearch({ from: '/signed-in/p/$project/flags' })
  const navigate = useNavigate({ from: '/p/$project/flags' })
  const setCreating = (on: boolean) => { void navigate({ search: (old) => ({ ...old, new: on ? 'flag' : undefined }), replace: true }) }
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [now] = useState(() => new Date())
  const view = flagView(askedView)
  const sorted = sortedBy({ sort, order })
  const asked = askedOf(view, filter)
  const query = useInfiniteQuery(flagPagesQuery(project.key, { ...asked, ...sorted }))
  const known = useQuery(flagViewsQuery(project.key)).data
  const flags = useMemo(() => query.data?.pages.flatMap((page) => page.flags) ?? [], [query.data])
  const { usage, away } = useUsage(project.key, useMemo(() => flags.map(({ key }) => key), [flags]))
  const newest = query.data?.pages.at(-1)
  const matching = newest?.matching ?? 0
  const none = known !== undefined && known.views.all + known.views.archived === 0
  const isEmpty = flags.length === 0 && matching === 0

  // What is selected is always what can be seen to be.
  const go = (change: Partial<typeof filter> & { view?: string | undefined; sort?: string | undefined; order?: string | undefined }, replace: boolean) => {
    setSelected(new Set())
    void navigate({ search: (old) => ({ ...old, ...change }), replace })
  }
  const { fetchNextPage, isFetchingNextPage, isPlaceholderData } = query
  const more = useCallback(() => { if (!isFetchingNextPage && !isPlaceholderData) void fetchNextPage() }, [fetchNextPage, isFetchingNextPage, isPlaceholderData])
  const newFlag = <PermittedButton permit={permit} leftSection={<IconPlus size={15} />} onClick={() => { setCreating(true) }}>New flag</PermittedButton>

  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Flags' }]} />
      {query.isPending ? <Loading rows={7} /> : query.isError && newest === undefined ? <Page wide title="Flags"><Failure error={query.error} onRetry={() => { void query.refetch() }} /></Page> : (
        <Page wide title="Flags" lead="Who gets which code, in each environment." actions={none ? undefined : <>{project.environments.length > 1 ? <Link to="/p/$project/compare" params={{ project: project.key }} className={css.compare}><IconArrowsDiff size={15} aria-hidden />Compare environments</Link> : null}<ExportMenu resource="flags" filters={{ ...(view === 'all' ? {} : { view }), ...knownFilter(filter) }} />{newFlag}</>}>
          {none ? (
            <Empty icon={<IconFlag3 size={28} stroke={1.6} />} title="No flag yet" action={newFlag}>A flag lets you change what people get without a release, and take it back in a second.{permit.allowed ? <> <Link to="/p/$project/first-flag" params={{ project: project.key }}>The first takes two minutes</Link>.</> : null}</Empty>
          ) : (
            <>
              <ViewTabs views={flagViews.map(({ value, label }) => ({ value, label, count: known?.views[value] }))} value={view} onChange={(next) => { go({ view: next === 'all' ? undefined : next }, false) }} controls="flags-in-view" />
              <div role="tabpanel" id="flags-in-view" aria-labelledby={`view-${view}`} aria-busy={isPlaceholderData}>
                <Suspense fallback={<div className={css.filters} />}><FlagFilters known={known ?? nothingKnown} filter={filter} onChange={(change) => { go(change, true) }} withState={known?.usageKnown === true && view !== 'archived'} /></Suspense>
                {query.isError ? <Failure error={query.error} onRetry={() => { void query.refetch() }} /> : isEmpty ? <Nothing view={view} filtered={isFiltered(filter)} onClear={() => { void navigate({ search: (old) => ({ view: old.view }) }) }} /> : (
                  <>
                    <FlagsTable flags={flags} matching={matching} environments={project.environments} project={project.key} usage={usage} now={now} sorted={sorted} onSort={(next) => { void navigate({ search: (old) => ({ ...old, ...sortSearch(next) }), replace: true }) }} onEnd={more} selected={selected} onSelect={permit.allowed && view !== 'archived' ? setSelected : undefined} />
                    <div className={css.pager}>
                      <span role="status">{matching === newest?.inView ? plural(matching, 'flag') : `${count(matching)} of ${plural(newest?.inView ?? 0, 'flag')}`}{flags.length < matching ? `, ${count(flags.length)} loaded` : ''}{away ? '. Decisions and states are not known now.' : ''}</span>
                      {flags.length < matching ? <Button variant="default" size="compact-sm" loading={isFetchingNextPage} onClick={more}>Load more</Button> : null}
                    </div>
                    {selected.size > 0 ? <Suspense><BulkActions asked={asked} matching={matching} selected={selected} onSelect={setSelected} tags={known?.tags ?? []} /></Suspense> : null}
                  </>
                )}
              </div>
            </>
          )}
        </Page>
      )}
      {asksNew !== undefined && permit.allowed ? <Suspense><NewFlagDialog project={project.key} onClose={() => { setCreating(false) }} /></Suspense> : null}
    </>
  )
}

const nothingKnown = { tags: [], owners: [] }

const emptyViews: Readonly<Record<FlagView, { title: string; text: string }>> = {
  all: { title: 'Every flag is archived', text: 'Create one, or bring one back from the archive.' },
  mine: { title: 'No flag is yours', text: 'A flag is yours when you create it, or when somebody makes you its owner.' },
  live: { title: 'No flag is on in production', text: 'What production gets is decided by code alone.' },
  cleanup: { title: 'Nothing to clean up', text: 'Flags that everybody gets, that nobody asks for, or whose day of removal has passed would stand here.' },
  review: { title: 'Nothing waits for a review', text: 'Changes that somebody proposed, or that wait for their time, would stand here by their flag.' },
  archived: { title: 'The archive is empty', text: 'An archived flag is served to nobody. It keeps its key and its history, and can be brought back.' },
}

function Nothing({ view, filtered, onClear }: { view: FlagView; filtered: boolean; onClear: () => void }) {
  if (filtered) return <Empty title="No flag matches" action={<Button variant="default" onClick={onClear}>Clear filters</Button>}>Clear the search, or look in another view.</Empty>
  return <Empty icon={<IconFlag3 size={28} stroke={1.6} />} title={emptyViews[view].title}>{emptyViews[view].text}</Empty>
}
