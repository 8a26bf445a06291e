import { SegmentedControl } from '@mantine/core'
import { IconChartAreaLine } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { Environment, FlagDetail } from '@assay/server/contract'
import { layerColour, StackedArea } from '../../charts/stacked-area.tsx'
import { usageQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Failure } from '../../ui/failure.tsx'
import { count, percent } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Panel } from '../../ui/panel.tsx'
import { usePreferredEnvironment } from '../../ui/preferred-environment/use-preferred-environment.ts'
import { namingOf } from '../../ui/serve/naming.ts'
import { EnvStrip } from './env-strip.tsx'
import css from './evaluations-tab.module.css'
import { usageSeriesQuery } from './flags-queries.ts'
import { LifecycleChip } from './lifecycle-chip.tsx'
import { servedName, usageSentence, usageStack } from './usage-stack.ts'
import { UsageTable } from './usage-table.tsx'

const periods = [{ hours: 24, label: '24 hours' }, { hours: 24 * 7, label: '7 days' }, { hours: 24 * 30, label: '30 days' }, { hours: 24 * 90, label: '90 days' }] as const

/** How often services were given each variant, over time, in one environment. */
export function EvaluationsTab({ flag }: { flag: FlagDetail }) {
  const project = useProject()
  const { env, hours } = useSearch({ from: '/signed-in/p/$project/flags/$flag/$tab' })
  const navigate = useNavigate({ from: '/p/$project/flags/$flag/$tab' })
  const environment = usePreferredEnvironment(env)
  const period = periods.find((one) => one.hours === hours) ?? periods[0]
  if (!environment) return <Empty title="There is no environment yet">An admin can add one under Settings.</Empty>
  return (
    <>
      <EnvStrip environments={project.environments} flag={flag} naming={namingOf(flag.variants)} value={environment.key} onChange={(key) => { void navigate({ search: (old) => ({ ...old, env: key }), replace: true }) }} />
      <div className={css.bar}>
        <SegmentedControl aria-label="Period" value={String(period.hours)} onChange={(next) => { void navigate({ search: (old) => ({ ...old, hours: Number(next) }), replace: true }) }} data={periods.map(({ hours: value, label }) => ({ value: String(value), label }))} />
      </div>
      <Decisions key={`${environment.key} ${period.hours}`} project={project.key} flag={flag} environment={environment} hours={period.hours} period={period.label} />
    </>
  )
}

interface DecisionsProps {
  project: string
  flag: FlagDetail
  environment: Environment
  hours: number
  period: string
}

function Decisions({ project, flag, environment, hours, period }: DecisionsProps) {
  const [form, setForm] = useState('chart')
  const query = useQuery(usageSeriesQuery({ project, flag: flag.key, environment: environment.key }, hours))
  const lifecycle = useQuery(usageQuery(project, [flag.key])).data?.flags.find((one) => one.flag === flag.key)?.lifecycle
  if (query.isPending) return <Loading rows={3} />
  if (query.isLoadingError) return <Failure error={query.error} onRetry={() => { void query.refetch() }} />
  const { lastEvaluatedAt, totals } = query.data
  const naming = namingOf(flag.variants)
  const stack = usageStack(query.data, { hours, variants: flag.variants.map(({ key }) => key), naming, now: new Date(query.dataUpdatedAt) })
  const all = totals.reduce((sum, total) => sum + total.count, 0)
  return (
    <div className="columns">
      <Panel title="Decisions" aside={all > 0 ? <SegmentedControl aria-label="Form" value={form} onChange={setForm} data={[{ value: 'chart', label: 'Chart' }, { value: 'table', label: 'Table' }]} /> : undefined}>
        {all === 0 ? (
          <Empty icon={<IconChartAreaLine size={28} stroke={1.6} />} title={lastEvaluatedAt === null ? `No service has asked for it in ${environment.name.toLowerCase()} yet` : `Nobody asked for it in ${period}`} action={<Link to="/p/$project/flags/$flag/$tab" params={{ project, flag: flag.key, tab: 'code' }}>How a service asks</Link>}>
            SDKs count what they decide and report it about once a minute.
          </Empty>
        ) : form === 'table' ? <UsageTable stack={stack} /> : <StackedArea times={stack.times} stepMs={stack.stepMs} layers={stack.layers} label={usageSentence(totals, period, naming)} />}
      </Panel>
      <aside aria-label="Totals">
        <Panel title="Totals" aside={<span className="muted">{period}</span>}>
          {all === 0 ? <p className="muted">None</p> : (
            <dl className={css.totals}>
              {totals.map(({ variant, count: n }) => (
                <div key={variant ?? ''}>
                  <dt><i style={{ background: layerColour(variant === null ? null : naming.series(variant)) }} />{capital(servedName(variant, naming))}</dt>
                  <dd>{count(n)} <span className="muted">{percent(n / all)}</span></dd>
                </div>
              ))}
              <div className={css.all}><dt>All</dt><dd>{count(all)}</dd></div>
            </dl>
          )}
          <p className={css.last}>{lastEvaluatedAt === null ? 'Never asked for here' : <>Last asked for <Ago at={lastEvaluatedAt} /></>}</p>
        </Panel>
        {lifecycle ? <Panel title="Where it is in its life"><LifecycleChip kind={flag.kind} lifecycle={lifecycle} /><p className={css.reason}>{lifecycle.reason}</p></Panel> : null}
      </aside>
    </div>
  )
}

function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
