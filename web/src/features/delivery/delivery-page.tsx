import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { IconGauge } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useProject } from '../../api/project.ts'
import { Empty } from '../../ui/empty.tsx'
import { Failure } from '../../ui/failure.tsx'
import { dateTimeUtc } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { ownTimeZone, placeOf } from '../../ui/schedule/zoned-time.ts'
import { Top } from '../../ui/top.tsx'
import { DeliveryBoard } from './delivery-board.tsx'
import { deliveryQuery } from './delivery-queries.ts'
import { type DeliverySearch, PERIODS } from './delivery-search.ts'
import css from './delivery.module.css'
import { environmentChoices } from './environment-choices.ts'

/** How often flags change in production, how rarely that is taken back, and how fast. */
export function DeliveryPage() {
  const project = useProject()
  const search = useSearch({ from: '/signed-in/p/$project/delivery' })
  const navigate = useNavigate({ from: '/p/$project/delivery' })
  const { data, error, isPlaceholderData, refetch } = useQuery(deliveryQuery(project.key, search))
  const set = (part: DeliverySearch) => { void navigate({ search: (old) => ({ ...old, ...part }), replace: true }) }
  const days = search.days ?? 90
  const here = placeOf(ownTimeZone())

  const body = () => {
    if (error && !data) return <Failure error={error} onRetry={() => { void refetch() }} />
    if (!data) return <Loading rows={8} />
    if (data.environments.length === 0) {
      return (
        <Empty icon={<IconGauge size={28} stroke={1.6} />} title="No environment is marked as production" action={<Button renderRoot={(props) => <Link to="/p/$project/settings/$section" params={{ project: project.key, section: 'environments' }} {...props} />}>Go to environments</Button>}>
          This page counts what changes in production. Mark an environment as production, or choose one above.
        </Empty>
      )
    }
    if (data.firstChangeAt === null && data.complete) {
      return (
        <Empty icon={<IconGauge size={28} stroke={1.6} />} title="Nothing changed in production yet" action={<Button renderRoot={(props) => <Link to="/p/$project/flags" params={{ project: project.key }} {...props} />}>Go to flags</Button>}>
          Once flags are turned on, changed or rolled back there, this page says how often, how fast, and at which hours.
        </Empty>
      )
    }
    return (
      <div className={isPlaceholderData ? css.pending : undefined} aria-busy={isPlaceholderData}>
        {data.complete ? null : <Notice>Entries of long ago are still being read: these numbers will grow.</Notice>}
        {data.changes.total === 0 && data.firstChangeAt !== null ? <Notice>Nothing changed in these {days} days. The first change was on {dateTimeUtc(data.firstChangeAt)}: choose a longer period to see it.</Notice> : null}
        <DeliveryBoard project={project.key} delivery={data} clock={search.clock === 'local' ? here : 'UTC'} />
      </div>
    )
  }
  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Delivery' }]}>
        <SegmentedControl aria-label="Period" data={PERIODS.map((period) => ({ value: String(period.days), label: period.label }))} value={String(days)} onChange={(value) => { set({ days: PERIODS.find((period) => period.days === Number(value))?.days }) }} />
      </Top>
      <Page
        wide
        title="Delivery"
        lead="How often flags change in production, how rarely that is taken back, and how fast."
        actions={(
          <div className={css.controls}>
            {project.environments.length < 2 ? null : <NativeSelect aria-label="Environment" data={environmentChoices(project.environments)} value={search.environment ?? ''} onChange={(event) => { set({ environment: event.currentTarget.value === '' ? undefined : event.currentTarget.value }) }} />}
            {here === 'UTC' ? null : <SegmentedControl aria-label="Days and hours by the clock of" data={[{ value: 'utc', label: 'UTC' }, { value: 'local', label: here }]} value={search.clock ?? 'utc'} onChange={(value) => { set({ clock: value === 'local' ? 'local' : undefined }) }} />}
          </div>
        )}
      >
        {body()}
      </Page>
    </>
  )
}
