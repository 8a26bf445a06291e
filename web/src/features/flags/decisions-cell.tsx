import { Tooltip } from '@mantine/core'
import type { Environment, FlagUsage } from '@assay/server/contract'
import { lazy, Suspense } from 'react'
import { compact, count } from '../../ui/format.ts'
import { hourlyDecisions } from './hourly-decisions.ts'
import css from './state-cells.module.css'

const Sparkline = lazy(async () => ({ default: (await import('../../charts/sparkline.tsx')).Sparkline }))

interface Props {
  /** Undefined where it is not known. */
  usage: FlagUsage | undefined
  environments: readonly Environment[]
}

/** How often the flag was decided in the last day, in all environments together. */
export function DecisionsCell({ usage, environments }: Props) {
  if (!usage) return <span className="muted">Not known</span>
  const { hourly, total, byEnvironment } = hourlyDecisions(usage)
  const label = total === 0 ? 'No decisions in 24 hours' : `${count(total)} decisions in 24 hours`
  const parts = byEnvironment.map(({ environment, total: part }) => `${environments.find(({ key }) => key === environment)?.name ?? environment} ${count(part)}`)
  return (
    <Tooltip label={parts.length === 0 ? label : parts.join(', ')}>
      <span className={css.decisions}><Suspense fallback={<span style={{ width: 60, height: 24 }} />}><Sparkline values={hourly} label={label} /></Suspense><span className="num">{total === 0 ? 'None' : compact(total)}</span></span>
    </Tooltip>
  )
}
