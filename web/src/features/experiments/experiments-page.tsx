import { Button, Tabs } from '@mantine/core'
import { IconFlask2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import { experimentsQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { Empty } from '../../ui/empty.tsx'
import { ExportMenu } from '../../ui/export-menu/export-menu.tsx'
import { Failure } from '../../ui/failure.tsx'
import { plural } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Top } from '../../ui/top.tsx'
import { experimentViews, inView, isFound } from './experiment-views.ts'
import css from './experiments-page.module.css'
import { ExperimentsTable } from './experiments-table.tsx'

export function ExperimentsPage() {
  const project = useProject()
  const { data, error, refetch } = useQuery(experimentsQuery(project.key))
  const { view: chosen = 'all', q } = useSearch({ strict: false })
  // What is written never waits for the rows.
  const search = useDeferredValue(q ?? '')
  const navigate = useNavigate()
  const view = data && experimentViews(data.experiments).some(({ key }) => key === chosen) && chosen !== 'all' ? chosen : undefined

  const body = () => {
    if (error && !data) return <Failure error={error} onRetry={() => { void refetch() }} />
    if (!data) return <Loading />
    const { experiments } = data
    if (experiments.length === 0) {
      return (
        <Empty icon={<IconFlask2 size={28} stroke={1.6} />} title="Nothing is being tested yet" action={<Button renderRoot={(props) => <Link to="/p/$project/hypotheses" params={{ project: project.key }} {...props} />}>Go to hypotheses</Button>}>
          An experiment tests one hypothesis on one flag. Write down what you believe first; its plan ends in an experiment.
        </Empty>
      )
    }
    const views = experimentViews(experiments)
    return (
      <Tabs keepMounted={false} value={views.some((view) => view.key === chosen) ? chosen : 'all'} onChange={(view) => { void navigate({ to: '/p/$project/experiments', params: { project: project.key }, search: (old) => ({ ...old, view: view === null || view === 'all' ? undefined : view }), replace: true }) }}>
        <Tabs.List aria-label="Views">
          {views.map((view) => <Tabs.Tab key={view.key} value={view.key} rightSection={<span className="muted num">{view.count}</span>}>{view.label}</Tabs.Tab>)}
        </Tabs.List>
        <div className={css.search}><SearchField label="Search experiments" placeholder="Name, key, flag or hypothesis" value={q} onChange={(next) => { void navigate({ to: '/p/$project/experiments', params: { project: project.key }, search: (old) => ({ ...old, q: next }), replace: true }) }} /></div>
        {views.map((view) => {
          const found = inView(experiments, view.key).filter((experiment) => isFound(experiment, search))
          return (
            <Tabs.Panel key={view.key} value={view.key}>
              {found.length === 0 ? <p className="soft">None of the {plural(experiments.length, 'experiment')} is here.</p> : <ExperimentsTable experiments={found} />}
              <p className="muted" role="status" style={{ marginTop: 10 }}>{found.length} of {plural(experiments.length, 'experiment')}</p>
            </Tabs.Panel>
          )
        })}
      </Tabs>
    )
  }

  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Experiments' }]} />
      <Page wide title="Experiments" lead="What is being tested, what the sealed rule says, and what waits for a decision." actions={data && data.experiments.length > 0 ? <><ExportMenu resource="experiments" filters={{ view }} /><ExportMenu resource="results" label="Export results" filters={{ view }} /></> : undefined}>
        {body()}
      </Page>
    </>
  )
}
