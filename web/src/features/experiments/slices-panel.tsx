import type { Dimension } from '@assay/server/contract'
import { Select, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useProjectKey } from '../../api/project.ts'
import { Failure } from '../../ui/failure.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Panel } from '../../ui/panel.tsx'
import { dimensionQuery } from './experiments-queries.ts'
import { SlicesTable } from './slices-table.tsx'
import css from './slices-panel.module.css'
import { sliceRows, togetherWords, type Split } from './slices.ts'

/** How the address says that results are split by day; no attribute of an exposure can start so. */
const BY_DAY = '~day'
/** More choices than these are a list to open. */
const SIDE_BY_SIDE = 4

/** The deciding metric among the people of one value each: to find the next hypothesis, never to decide this one. */
export function SlicesPanel({ experiment }: { experiment: string }) {
  const project = useProjectKey()
  const { split: asked } = useSearch({ strict: false })
  const navigate = useNavigate()
  const known = useQuery(dimensionQuery(project, experiment, {}))
  const attributes = known.data?.attributes ?? []
  const chosen = asked ?? attributes[0]?.name ?? BY_DAY
  const found = useQuery({ ...dimensionQuery(project, experiment, chosen === BY_DAY ? { by: 'first_day' } : { by: 'attribute', attribute: chosen }), enabled: known.isSuccess })
  const choose = (split: string) => { void navigate({ to: '.', search: (old) => ({ ...old, split }), replace: true, resetScroll: false }) }
  const failed = known.isError ? known : found.isError ? found : null
  return (
    <Panel title="Where it works" padded={false} aside={known.isSuccess ? <><span className="muted">Explore only. These were not part of the rule.</span><Choice attributes={attributes} chosen={chosen} onChange={choose} /></> : undefined}>
      {failed ? <Failure error={failed.error} onRetry={() => { void failed.refetch() }} /> : found.data ? <Found split={found.data.split} chosen={chosen} /> : <Loading rows={3} />}
    </Panel>
  )
}

function Choice({ attributes, chosen, onChange }: { attributes: Dimension['attributes']; chosen: string; onChange: (split: string) => void }) {
  const data = [...attributes.map(({ name }) => ({ value: name, label: name })), { value: BY_DAY, label: 'Day they came' }]
  const options = data.some(({ value }) => value === chosen) ? data : [{ value: chosen, label: chosen }, ...data]
  if (options.length <= SIDE_BY_SIDE) return <SegmentedControl aria-label="Tell people apart by" data={options} value={chosen} onChange={onChange} />
  return <Select size="xs" aria-label="Tell people apart by" data={options} value={chosen} onChange={(value) => { if (value !== null) onChange(value) }} allowDeselect={false} searchable />
}

function Found({ split, chosen }: { split: Dimension['split']; chosen: string }) {
  if (split === null || split.slices.length === 0) return <p className={css.words}>{chosen === BY_DAY ? 'Nobody has met a variant yet.' : `No exposure of this phase carried ${chosen}. What services send as the context of an exposure can be told apart here.`}</p>
  const title = split.by === 'first_day' ? 'Day they came' : (split.attribute ?? '')
  return (
    <>
      <div className={css.words}>{togetherWords(split, treatmentsOf(split) > 1).map((words) => <p key={words}>{words}</p>)}</div>
      <SlicesTable rows={sliceRows(split)} title={title} label={`${split.metric.name} by ${title}`} />
      <p className={css.note}>Coloured only where chance is an unlikely reason after allowing for every value here. “Expect” draws each towards everybody’s lift, as far as the values agree.</p>
    </>
  )
}

function treatmentsOf(split: Split): number {
  return split.heterogeneity.length
}
