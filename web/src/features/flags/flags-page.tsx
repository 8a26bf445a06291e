import { isFlagFound, isFlagInView, type FlagFilter, type FlagView } from '@assay/server/contract'
import { Button } from '@mantine/core'
import { IconArrowsDiff, IconFlag3, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useState } from 'react'
import { flagsQuery, hypothesesQuery, usageQuery } from '../../api/project-queries.ts'
import { usePermit, useProject } from '../../api/project.ts'
import { useMe } from '../../api/session.ts'
import { Empty } from '../../ui/empty.tsx'
import { ExportMenu } from '../../ui/export-menu/export-menu.tsx'
import { Failure } from '../../ui/failure.tsx'
import { count, plural } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { Top } from '../../ui/top.tsx'
import { ViewTabs } from '../../ui/view-tabs.tsx'
import { bulkWords, type BulkChange } from './bulk-change.ts'
import { FlagsTable } from './flags-table.tsx'
import { flagView, flagViews, isFiltered, knownFilter } from './flag-views.ts'
import css from './flags-page.module.css'
import { archivedFlagsQuery, useBulkChange } from './flags-queries.ts'

const ArchiveDialog = lazy(async () => ({ default: (await import('./archive-dialog.tsx')).ArchiveDialog }))
const BulkBar = lazy(async () => ({ default: (await import('./bulk-bar.tsx')).BulkBar }))
const NewFlagDialog = lazy(async () => ({ default: (await import('./new-flag-dialog.tsx')).NewFlagDialog }))
const FlagFilters = lazy(async () => ({ default: (await import('./flag-filters.tsx')).FlagFilters }))

/** Rows at a time. */
const PAGE = 100

export function FlagsPage() {
  const project = useProject()
  const me = useMe()
  const permit = usePermit('flag.write')
  const { view: asked, ...filter } = useSearch({ from: '/signed-in/p/$project/flags' })
  const navigate = useNavigate({ from: '/p/$project/flags' })
  const [open, setOpen] = useState<'nothing' | 'new' | 'archive'>('nothing')
  const [limit, setLimit] = useState(PAGE)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [now] = useState(() => new Date())
  const query = useQuery(flagsQuery(project.key))
  const archived = useQuery(archivedFlagsQuery(project.key))
  const usageAnswer = useQuery(usageQuery(project.key))
  const bulk = useBulkChange(project.key)
  const hypotheses = useQuery(hypothesesQuery(project.key)).data?.hypotheses
  const titles = useMemo(() => new Map((hypotheses ?? []).map(({ key, title }) => [key, title])), [hypotheses])
  const usage = useMemo(() => new Map((usageAnswer.data?.flags ?? []).map((one) => [one.flag, one])), [usageAnswer.data])

  const view = flagView(asked)
  const all = [...(query.data?.flags ?? []), ...(archived.data?.flags ?? [])]
  const context = { environments: project.environments, me: me.name, usage, now }
  const inView = all.filter((flag) => isFlagInView(flag, view, context))
  const shown = inView.filter((flag) => isFlagFound(flag, knownFilter(filter), usage))
  const chosen = shown.filter(({ key }) => selected.has(key))
  const setView = (next: FlagView) => {
    setSelected(new Set())
    void navigate({ search: (old) => ({ ...old, view: next === 'all' ? undefined : next }) })
  }
  const setFilter = (change: FlagFilter) => { void navigate({ search: (old) => ({ ...old, ...change }), replace: true }) }
  const changeAll = (change: BulkChange) => {
    bulk.mutate({ flags: chosen.map(({ key }) => key), change }, {
      onSuccess: ({ done, refused }) => {
        setOpen('nothing')
        setSelected(new Set(refused.map(({ flag }) => flag)))
        if (done.length > 0) toastDone({ title: bulkWords(change, plural(done.length, 'flag')) })
        if (refused.length > 0) toastFailed(`${plural(refused.length, 'flag')} not changed`, new Error(refused.map(({ flag, why }) => `${flag}: ${why}`).join(' ')))
      },
      onError: (error) => { toastFailed('Nothing was changed', error) },
    })
  }
  const newFlag = <PermittedButton permit={permit} leftSection={<IconPlus size={15} />} onClick={() => { setOpen('new') }}>New flag</PermittedButton>

  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Flags' }]} />
      {query.isPending ? <Loading rows={7} /> : query.isError ? <Page wide title="Flags"><Failure error={query.error} onRetry={() => { void query.refetch() }} /></Page> : (
        <Page wide title="Flags" lead="Who gets which code, in each environment." actions={all.length > 0 ? <>{project.environments.length > 1 ? <Link to="/p/$project/compare" params={{ project: project.key }} className={css.compare}><IconArrowsDiff size={15} aria-hidden />Compare environments</Link> : null}<ExportMenu resource="flags" filters={{ ...(view === 'all' ? {} : { view }), ...knownFilter(filter) }} />{newFlag}</> : undefined}>
          {all.length === 0 ? (
            <Empty icon={<IconFlag3 size={28} stroke={1.6} />} title="No flag yet" action={newFlag}>A flag lets you change what people get without a release, and take it back in a second.</Empty>
          ) : (
            <>
              <ViewTabs views={flagViews.map(({ value, label }) => ({ value, label, count: all.filter((flag) => isFlagInView(flag, value, context)).length }))} value={view} onChange={setView} controls="flags-in-view" />
              <div role="tabpanel" id="flags-in-view" aria-labelledby={`view-${view}`}>
                <Suspense fallback={<div className={css.filters} />}><FlagFilters flags={inView} filter={filter} onChange={setFilter} withState={usageAnswer.isSuccess && view !== 'archived'} /></Suspense>
                {view === 'archived' && archived.isError ? <Failure error={archived.error} onRetry={() => { void archived.refetch() }} /> : shown.length === 0 ? <Nothing view={view} filtered={isFiltered(filter)} onClear={() => { void navigate({ search: (old) => ({ view: old.view }) }) }} /> : (
                  <>
                    <FlagsTable flags={shown} environments={project.environments} project={project.key} titles={titles} usage={usage} now={now} limit={limit} selected={selected} onSelect={permit.allowed && view !== 'archived' ? setSelected : undefined} />
                    <div className={css.pager}>
                      <span>{count(Math.min(limit, shown.length))} of {count(inView.length)} shown{usageAnswer.isError ? '. Decisions and states are not known now.' : ''}</span>
                      {shown.length > limit ? <Button variant="default" size="compact-sm" onClick={() => { setLimit(limit + PAGE) }}>Load more</Button> : null}
                    </div>
                    {chosen.length > 0 ? <Suspense><BulkBar project={project.key} flags={chosen} tags={[...new Set(all.flatMap((flag) => flag.tags))].sort()} busy={bulk.isPending} onChange={changeAll} onArchive={() => { setOpen('archive') }} onClear={() => { setSelected(new Set()) }} /></Suspense> : null}
                  </>
                )}
              </div>
            </>
          )}
        </Page>
      )}
      {open === 'new' ? <Suspense><NewFlagDialog project={project.key} onClose={() => { setOpen('nothing') }} /></Suspense> : null}
      {open === 'archive' && chosen.length > 0 ? (
        <Suspense><ArchiveDialog flags={chosen} running={chosen.flatMap(({ experiment }) => (experiment?.status === 'running' ? [experiment.key] : []))} busy={bulk.isPending} onArchive={(reason) => { changeAll({ type: 'archive', reason }) }} onClose={() => { setOpen('nothing') }} /></Suspense>
      ) : null}
    </>
  )
}

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
