import { Button, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconNotebook, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { metricsQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { Empty } from '../../ui/empty.tsx'
import { ExportMenu } from '../../ui/export-menu/export-menu.tsx'
import { Failure } from '../../ui/failure.tsx'
import { plural } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Top } from '../../ui/top.tsx'
import { evidenceWords } from '../../ui/verdict/evidence-mark.tsx'
import { verdictName } from '../../ui/verdict/past-verdict.tsx'
import { LearningCard } from './learning-card.tsx'
import { learningsFilter, strengths, verdicts, type LearningsSearch } from './learnings-filter.ts'
import css from './learnings-page.module.css'
import { learningsQuery } from './learnings-queries.ts'
import { LearningsRail } from './learnings-rail.tsx'

const SEARCH_MS = 250

export function LearningsPage() {
  const project = useProject()
  const search = useSearch({ from: '/signed-in/p/$project/learnings' })
  const navigate = useNavigate({ from: '/p/$project/learnings' })
  const metrics = useQuery(metricsQuery(project.key)).data?.metrics ?? []
  const filter = learningsFilter(search)
  const { data, error, refetch } = useQuery(learningsQuery(project.key, filter))
  const [typed, setTyped] = useState(search.q ?? '')
  const set = (part: LearningsSearch) => { void navigate({ search: (old) => ({ ...old, ...part }), replace: true }) }
  const find = useDebouncedCallback((q: string) => { set({ q: q === '' ? undefined : q }) }, SEARCH_MS)
  const clear = () => { setTyped(''); set({ q: undefined, verdict: undefined, evidence: undefined, metric: undefined, show: undefined }) }
  const choose = (key: keyof LearningsSearch) => (value: string | null) => { set({ [key]: value ?? undefined }) }

  const body = () => {
    if (error && !data) return <Failure error={error} onRetry={() => { void refetch() }} />
    if (!data) return <Loading />
    if (data.total === 0) {
      return (
        <Empty icon={<IconNotebook size={28} stroke={1.6} />} title="Nothing was learned yet" action={<Button renderRoot={(props) => <Link to="/p/$project/experiments" params={{ project: project.key }} {...props} />}>Go to experiments</Button>}>
          Whoever decides an experiment writes down what it taught, whatever came of it. It is kept here for the next team that has the same idea.
        </Empty>
      )
    }
    return (
      <div className="columns">
        <div>
          <div className={css.filters} role="search">
            <TextInput type="search" aria-label="Search learnings" placeholder="Words, “phrases”, -without" leftSection={<IconSearch size={15} />} className={css.search ?? ''} maxLength={400} value={typed} onChange={(event) => { setTyped(event.currentTarget.value); find(event.currentTarget.value) }} />
            <Select aria-label="Verdict" placeholder="Every verdict" className={css.choice ?? ''} data={verdicts.map((value) => ({ value, label: verdictName(value) }))} value={filter.verdict ?? null} onChange={choose('verdict')} clearable clearButtonProps={{ 'aria-label': 'Every verdict' }} />
            <Select aria-label="Evidence" placeholder="Any evidence" className={css.choice ?? ''} data={strengths.map((value) => ({ value, label: evidenceWords(value) }))} value={filter.evidence ?? null} onChange={choose('evidence')} clearable clearButtonProps={{ 'aria-label': 'Any evidence' }} />
            <Select aria-label="Metric" placeholder="Every metric" className={css.choice ?? ''} searchable nothingFoundMessage="No such metric" data={metrics.map(({ key, name }) => ({ value: key, label: name }))} value={search.metric ?? null} onChange={choose('metric')} clearable clearButtonProps={{ 'aria-label': 'Every metric' }} />
            <Select aria-label="Show" placeholder="All of them" className={css.choice ?? ''} data={[{ value: 'wrong', label: `We were wrong (${data.wrongTotal})` }, { value: 'contradicted', label: 'Contradicted' }]} value={search.show ?? null} onChange={choose('show')} clearable clearButtonProps={{ 'aria-label': 'All of them' }} />
          </div>
          {data.learnings.length === 0
            ? <Empty title="No learning matches" action={<Button variant="default" onClick={clear}>Clear filters</Button>}>Other words may have been used for it.</Empty>
            : <ul className={css.list}>{data.learnings.map((learning) => <li key={learning.experiment}><LearningCard learning={learning} /></li>)}</ul>}
          <p className="muted" role="status">{data.learnings.length} of {plural(data.total, 'learning')}. In {plural(data.wrongTotal, 'of them we were', 'of them we were')} wrong: that is what they are for.</p>
        </div>
        <LearningsRail contradictions={data.contradictions} />
      </div>
    )
  }
  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Learnings' }]} />
      <Page wide title="Learnings" lead="What experiments taught, whatever became of the code." actions={data && data.total > 0 ? <ExportMenu resource="learnings" filters={{ ...filter }} /> : undefined}>{body()}</Page>
    </>
  )
}
