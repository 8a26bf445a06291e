import { Switch } from '@mantine/core'
import { IconArrowsDiff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { ComparedFlag, Environment, FlagSummary } from '@assay/server/contract'
import { cohortsQuery, flagNamesQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { ChangeList } from '../../ui/changes/change-list.tsx'
import { targetingChanges } from '../../ui/changes/targeting-changes.ts'
import type { CohortOption } from '../../ui/condition/cohort-row.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Failure } from '../../ui/failure.tsx'
import { plural } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { namingOf } from '../../ui/serve/naming.ts'
import { Top } from '../../ui/top.tsx'
import { ComparedPair } from './compared-pair.tsx'
import { comparedPair } from './compared-environments.ts'
import css from './compare.module.css'
import { compareQuery } from './flags-queries.ts'

/** Every flag that two environments of the project serve in different ways. */
export function ComparePage() {
  const project = useProject()
  const search = useSearch({ from: '/signed-in/p/$project/compare' })
  const navigate = useNavigate({ from: '/p/$project/compare' })
  const pair = comparedPair(project.environments, search.from, search.to)
  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Flags', to: `/p/${project.key}/flags` }, { label: 'Compare environments' }]} />
      <Page title="Compare environments" lead="What would be new to one if it took over the other.">
        {pair ? (
          <>
            <div className={css.bar}>
              <ComparedPair environments={project.environments} from={pair.from.key} to={pair.to.key} onChange={(next) => { void navigate({ search: (old) => ({ ...old, ...next }), replace: true }) }} />
              <Switch label="Also flags that are the same" checked={search.all !== undefined} onChange={(event) => { const all = event.currentTarget.checked ? 'yes' : undefined; void navigate({ search: (old) => ({ ...old, all }), replace: true }) }} mb={22} />
            </div>
            <Flags project={project.key} from={pair.from} to={pair.to} all={search.all !== undefined} />
          </>
        ) : <Empty icon={<IconArrowsDiff size={28} stroke={1.6} />} title="There is nothing to compare with">A second environment can be added under Settings.</Empty>}
      </Page>
    </>
  )
}

function Flags({ project, from, to, all }: { project: string; from: Environment; to: Environment; all: boolean }) {
  const query = useQuery(compareQuery(project, from.key, to.key))
  const flags = useQuery(flagNamesQuery(project, query.data?.flags.filter(({ same }) => all || !same).map(({ flag }) => flag) ?? [])).data?.flags ?? []
  const variants = new Map(flags.map((flag) => [flag.key, flag.variants]))
  const cohorts = useQuery(cohortsQuery(project)).data?.cohorts ?? []
  if (query.isPending) return <Loading rows={4} />
  if (query.isLoadingError) return <Failure error={query.error} onRetry={() => { void query.refetch() }} />
  const different = query.data.flags.filter(({ same }) => !same)
  const shown = all ? query.data.flags : different
  return (
    <>
      <p className={css.lead} role="status">{query.data.flags.length === 0 ? 'There is no flag yet.' : different.length === 0 ? `${from.name} and ${to.name} do the same for all ${plural(query.data.flags.length, 'flag')}.` : `${different.length} of ${plural(query.data.flags.length, 'flag')} ${different.length === 1 ? 'differs' : 'differ'}.`}</p>
      <div className={css.flags}>{shown.map((compared) => <Compared key={compared.flag} project={project} from={from} to={to} compared={compared} variants={variants.get(compared.flag) ?? []} cohorts={cohorts} />)}</div>
    </>
  )
}

interface ComparedProps {
  project: string
  from: Environment
  to: Environment
  compared: ComparedFlag
  variants: FlagSummary['variants']
  cohorts: readonly CohortOption[]
}

function Compared({ project, from, to, compared, variants, cohorts }: ComparedProps) {
  const naming = namingOf(variants, cohorts)
  const changes = compared.from && compared.to ? targetingChanges(compared.to, compared.from, naming) : []
  return (
    <section className={css.flag} aria-label={compared.name}>
      <header>
        <h2><Link to="/p/$project/flags/$flag/$tab" params={{ project, flag: compared.flag, tab: 'targeting' }} search={{ env: to.key }}>{compared.name}</Link></h2>
        <code>{compared.flag}</code>
        <span className="grow" />
        {compared.same ? <span className="muted">The same</span> : <Link to="/p/$project/flags/$flag/$tab" params={{ project, flag: compared.flag, tab: 'compare' }} search={{ from: from.key, to: to.key }} aria-label={`Compare ${compared.name} and bring it over`}>Compare and bring over</Link>}
      </header>
      {compared.same ? null : compared.from === null || compared.to === null ? <p className={css.body}>It is only in {compared.from === null ? to.name : from.name}.</p> : <div className={css.body}><ChangeList changes={changes} naming={naming} /></div>}
    </section>
  )
}
