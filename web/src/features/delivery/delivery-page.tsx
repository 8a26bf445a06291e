import { NativeSelect, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useProject } from '../../api/project.ts'
import { Page } from '../../ui/page.tsx'
import { ownTimeZone, placeOf } from '../../ui/schedule/zoned-time.ts'
import { Top } from '../../ui/top.tsx'
import { DeliveryBody } from './delivery-body.tsx'
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
        <DeliveryBody project={project} delivery={data} error={error} loadingOther={isPlaceholderData} environment={search.environment} days={days} clock={search.clock === 'local' ? here : 'UTC'} onRetry={() => { void refetch() }} />
      </Page>
    </>
  )
}
