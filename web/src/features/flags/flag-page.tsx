import { Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { IconFlag3 } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { flagQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { ApiError } from '../../api/client.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Failure } from '../../ui/failure.tsx'
import { date } from '../../ui/format.ts'
import { KeyTag } from '../../ui/key-tag.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Top } from '../../ui/top.tsx'
import { kindIcons, kindNames } from './kinds.ts'
import { TargetingTab } from './targeting-tab.tsx'

const VariantsTab = lazy(async () => ({ default: (await import('./variants-tab.tsx')).VariantsTab }))
const CodeTab = lazy(async () => ({ default: (await import('./code-tab.tsx')).CodeTab }))
const EvaluationsTab = lazy(async () => ({ default: (await import('./evaluations-tab.tsx')).EvaluationsTab }))
const CompareTab = lazy(async () => ({ default: (await import('./compare-tab.tsx')).CompareTab }))
const HistoryTab = lazy(async () => ({ default: (await import('./history-tab.tsx')).HistoryTab }))
const FlagActions = lazy(async () => ({ default: (await import('./flag-actions.tsx')).FlagActions }))
const ArchivedNotice = lazy(async () => ({ default: (await import('./archived-notice.tsx')).ArchivedNotice }))

const tabs = [{ value: 'targeting', label: 'Targeting' }, { value: 'variants', label: 'Variants' }, { value: 'code', label: 'Code' }, { value: 'evaluations', label: 'Evaluations' }, { value: 'compare', label: 'Compare' }, { value: 'history', label: 'History' }] as const

function isGone(error: Error): boolean {
  return error instanceof ApiError && error.status === 404
}

export function FlagPage() {
  const project = useProject()
  const { flag: key, tab } = useParams({ from: '/signed-in/p/$project/flags/$flag/$tab' })
  const navigate = useNavigate()
  const query = useQuery(flagQuery(project.key, key))
  const crumbs = [{ label: project.name, to: `/p/${project.key}` }, { label: 'Flags', to: `/p/${project.key}/flags` }, { label: query.data?.name ?? key }]

  if (query.isPending) return <><Top crumbs={crumbs} /><Loading rows={5} /></>
  // What is known stays, with what somebody is about to save: that it is old is said above the page.
  if (query.isLoadingError || (query.isError && isGone(query.error))) {
    return (
      <>
        <Top crumbs={crumbs} />
        <Page title={key}>
          {isGone(query.error)
            ? <Empty icon={<IconFlag3 size={28} stroke={1.6} />} title="There is no such flag" action={<Link to="/p/$project/flags" params={{ project: project.key }}>All flags</Link>}>Its key may have been written differently.</Empty>
            : <Failure error={query.error} onRetry={() => { void query.refetch() }} />}
        </Page>
      </>
    )
  }
  const flag = query.data
  const KindMark = kindIcons[flag.kind]
  const shown = tabs.find(({ value }) => value === tab)?.value ?? 'targeting'
  return (
    <>
      <Top crumbs={crumbs}><Suspense><FlagActions key={flag.key} flag={flag} /></Suspense></Top>
      <Page
        title={flag.name}
        meta={
          <>
            <KeyTag>{flag.key}</KeyTag>
            <Chip tone={flag.kind === 'experiment' ? 'info' : 'flat'} icon={<KindMark size={13} />}>{kindNames[flag.kind]} flag</Chip>
            <span>{flag.type}</span>
            {flag.owner === null ? null : <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6 }}><Avatar name={flag.owner} size={20} />{flag.owner}</span>}
            <span className="muted">Created {date(flag.createdAt)}</span>
          </>
        }
      >
        {flag.archivedAt === null ? null : <Suspense><ArchivedNotice flag={flag} archivedAt={flag.archivedAt} /></Suspense>}
        <Tabs value={shown} onChange={(value) => { if (value !== null) void navigate({ to: '/p/$project/flags/$flag/$tab', params: { project: project.key, flag: flag.key, tab: value }, search: (search) => search }) }}>
          <Tabs.List>{tabs.map(({ value, label }) => <Tabs.Tab key={value} value={value}>{label}</Tabs.Tab>)}</Tabs.List>
          <Tabs.Panel value="targeting"><TargetingTab flag={flag} /></Tabs.Panel>
          <Tabs.Panel value="variants"><Suspense fallback={<Loading rows={3} />}><VariantsTab key={flag.key} flag={flag} /></Suspense></Tabs.Panel>
          <Tabs.Panel value="code"><Suspense fallback={<Loading rows={3} />}><CodeTab flag={flag} /></Suspense></Tabs.Panel>
          <Tabs.Panel value="evaluations"><Suspense fallback={<Loading rows={3} />}><EvaluationsTab flag={flag} /></Suspense></Tabs.Panel>
          <Tabs.Panel value="compare"><Suspense fallback={<Loading rows={3} />}><CompareTab flag={flag} /></Suspense></Tabs.Panel>
          <Tabs.Panel value="history"><Suspense fallback={<Loading rows={3} />}><HistoryTab flag={flag} /></Suspense></Tabs.Panel>
        </Tabs>
      </Page>
    </>
  )
}
