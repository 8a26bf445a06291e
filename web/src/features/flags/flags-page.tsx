import { Button, Select, TextInput } from '@mantine/core'
import { IconFlag3, IconPlus, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { flagsQuery, hypothesesQuery } from '../../api/project-queries.ts'
import { usePermit, useProject } from '../../api/project.ts'
import { Empty } from '../../ui/empty.tsx'
import { Failure } from '../../ui/failure.tsx'
import { count } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { Top } from '../../ui/top.tsx'
import { FlagsTable } from './flags-table.tsx'
import { flagView, flagViews, isFound, isInView, type FlagView } from './flag-views.ts'
import css from './flags-page.module.css'
import { kindNames, kinds } from './kinds.ts'
import { NewFlagDialog } from './new-flag-dialog.tsx'
import { ViewTabs } from '../../ui/view-tabs.tsx'

/** Rows at a time. */
const PAGE = 100

export function FlagsPage() {
  const project = useProject()
  const permit = usePermit('flag.write')
  const search = useSearch({ from: '/signed-in/p/$project/flags' })
  const navigate = useNavigate({ from: '/p/$project/flags' })
  const [creating, setCreating] = useState(false)
  const [limit, setLimit] = useState(PAGE)
  const query = useQuery(flagsQuery(project.key))
  const titles = new Map((useQuery(hypothesesQuery(project.key)).data?.hypotheses ?? []).map(({ key, title }) => [key, title]))
  const view = flagView(search.view)
  const all = query.data?.flags ?? []
  const shown = all.filter((flag) => isInView(flag, view, project.environments) && isFound(flag, search.q ?? '', search.kind))
  const setView = (next: FlagView) => { void navigate({ search: (old) => ({ ...old, view: next === 'all' ? undefined : next }) }) }
  const newFlag = <PermittedButton permit={permit} leftSection={<IconPlus size={15} />} onClick={() => { setCreating(true) }}>New flag</PermittedButton>

  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Flags' }]} />
      {query.isPending ? <Loading rows={7} /> : query.isError ? <Page wide title="Flags"><Failure error={query.error} onRetry={() => { void query.refetch() }} /></Page> : (
        <Page wide title="Flags" lead="Who gets which code, in each environment." actions={all.length > 0 ? newFlag : undefined}>
          {all.length === 0 ? (
            <Empty icon={<IconFlag3 size={28} stroke={1.6} />} title="No flag yet" action={newFlag}>A flag lets you change what people get without a release, and take it back in a second.</Empty>
          ) : (
            <>
              <ViewTabs views={flagViews.map(({ value, label }) => ({ value, label, count: all.filter((flag) => isInView(flag, value, project.environments)).length }))} value={view} onChange={setView} controls="flags-in-view" />
              <div role="tabpanel" id="flags-in-view" aria-labelledby={`view-${view}`}>
                <div className={css.filters}>
                  <TextInput aria-label="Search flags" placeholder="Name, key or owner" leftSection={<IconSearch size={15} />} className={css.search ?? ''} value={search.q ?? ''} onChange={(event) => { const q = event.currentTarget.value; void navigate({ search: (old) => ({ ...old, q: q === '' ? undefined : q }), replace: true }) }} />
                  <Select aria-label="Kind" placeholder="Any kind" data={kinds.map((value) => ({ value, label: kindNames[value] }))} value={search.kind ?? null} onChange={(kind) => { void navigate({ search: (old) => ({ ...old, kind: kind ?? undefined }), replace: true }) }} clearable clearButtonProps={{ 'aria-label': 'Any kind' }} className={css.kind ?? ''} />
                </div>
                {shown.length === 0 ? (
                  <Empty title="No flag matches" action={<Button variant="default" onClick={() => { void navigate({ search: {} }) }}>Clear filters</Button>}>Clear the search, or look in another view.</Empty>
                ) : (
                  <>
                    <FlagsTable flags={shown} environments={project.environments} project={project.key} titles={titles} limit={limit} />
                    <div className={css.pager}>
                      <span>{count(Math.min(limit, shown.length))} of {count(all.length)} shown</span>
                      {shown.length > limit ? <Button variant="default" size="compact-sm" onClick={() => { setLimit(limit + PAGE) }}>Load more</Button> : null}
                    </div>
                  </>
                )}
              </div>
            </>
          )}
        </Page>
      )}
      {creating ? <NewFlagDialog project={project.key} onClose={() => { setCreating(false) }} /> : null}
    </>
  )
}
