import { hasWords } from '@assay/server/contract'
import { SegmentedControl } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useDeferredValue } from 'react'
import { experimentsQuery, hypothesesQuery } from '../../api/project-queries.ts'
import { usePermit, useProject } from '../../api/project.ts'
import { Empty } from '../../ui/empty.tsx'
import { ExportMenu } from '../../ui/export-menu/export-menu.tsx'
import { Failure } from '../../ui/failure.tsx'
import { plural } from '../../ui/format.ts'
import { LevelGlyph } from '../../ui/level-glyph.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Top } from '../../ui/top.tsx'
import { BoardFacts } from './board-facts.tsx'
import { boardSummary, newestByHypothesis } from './board-summary.ts'
import css from './hypotheses-page.module.css'
import { HypothesisCard } from './hypothesis-card.tsx'
import { LevelColumn } from './level-column.tsx'
import { levels } from './levels.ts'
import { Pyramid } from './pyramid.tsx'
import { useNames } from './use-names.ts'

const HypothesesList = lazy(async () => ({ default: (await import('./hypotheses-list.tsx')).HypothesesList }))
const HypothesesTimeline = lazy(async () => ({ default: (await import('./hypotheses-timeline.tsx')).HypothesesTimeline }))

const views = [{ value: 'board', label: 'Board' }, { value: 'list', label: 'List' }, { value: 'timeline', label: 'Timeline' }] as const

/** Four levels that every hypothesis climbs: as a board, as a list, and over time. */
export function HypothesesPage() {
  const project = useProject()
  const navigate = useNavigate()
  const permit = usePermit('hypothesis.write')
  const hypotheses = useQuery(hypothesesQuery(project.key))
  const experiments = useQuery(experimentsQuery(project.key))
  const names = useNames()
  const { view: asked, q } = useSearch({ strict: false })
  // What is written never waits for the board.
  const search = useDeferredValue(q ?? '')
  const view = views.find(({ value }) => value === asked)?.value ?? 'board'
  const error = hypotheses.error ?? experiments.error
  const button = (label: string) => <PermittedButton permit={permit} leftSection={<IconPlus size={15} />} onClick={() => { void navigate({ to: '/p/$project/hypotheses/new', params: { project: project.key } }) }}>{label}</PermittedButton>

  const body = () => {
    if (!hypotheses.data || !experiments.data) return error ? <Failure error={error} onRetry={() => { void hypotheses.refetch(); void experiments.refetch() }} /> : <Loading />
    const all = hypotheses.data.hypotheses
    if (all.length === 0) {
      return (
        <Empty icon={<LevelGlyph level={1} size={44} />} title="Nothing believed yet" action={button('Write a hypothesis')}>
          Write down one thing you think is true about your customers, and what would prove you wrong.
        </Empty>
      )
    }
    const newest = newestByHypothesis(experiments.data.experiments)
    const summary = boardSummary(all, experiments.data.experiments)
    const now = new Date()
    const found = all.filter(({ title, key, createdBy }) => hasWords(`${title} ${key} ${createdBy}`, search))
    return (
      <>
        <section className={css.climb} aria-label="The board in numbers"><Pyramid perLevel={summary.perLevel} /><BoardFacts summary={summary} /></section>
        <div className={css.view}><SegmentedControl aria-label="Show hypotheses as" data={[...views]} value={view} onChange={(next) => { void navigate({ to: '/p/$project/hypotheses', params: { project: project.key }, search: (old) => ({ ...old, view: next === 'board' ? undefined : next }), replace: true }) }} /><SearchField label="Search hypotheses" placeholder="Name, key or author" className={css.search} value={q} onChange={(next) => { void navigate({ to: '/p/$project/hypotheses', params: { project: project.key }, search: (old) => ({ ...old, q: next }), replace: true }) }} />{found.length === all.length ? null : <span className="muted" role="status">{found.length} of {plural(all.length, 'hypothesis', 'hypotheses')}</span>}</div>
        <Suspense fallback={<Loading />}>
          {view === 'list' ? <HypothesesList hypotheses={found} newest={newest} names={names} now={now} /> : view === 'timeline' ? <HypothesesTimeline hypotheses={found} experiments={experiments.data.experiments} now={now} /> : (
            <div className={css.board} tabIndex={0} role="region" aria-label="Hypotheses by level">
              {levels.map((level) => {
                const own = found.filter((hypothesis) => hypothesis.level === level.level)
                return (
                  <LevelColumn key={level.level} level={level} count={own.length}>
                    {own.map((hypothesis) => <HypothesisCard key={hypothesis.key} hypothesis={hypothesis} newest={newest.get(hypothesis.key)} names={names} now={now} />)}
                  </LevelColumn>
                )
              })}
            </div>
          )}
        </Suspense>
      </>
    )
  }
  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Hypotheses' }]} />
      <Page wide title="Hypotheses" lead="What we believe, what would prove us wrong, and what we did about it." actions={hypotheses.data && hypotheses.data.hypotheses.length > 0 ? <><ExportMenu resource="hypotheses" />{button('New hypothesis')}</> : undefined}>
        {body()}
      </Page>
    </>
  )
}
