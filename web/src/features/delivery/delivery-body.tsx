import type { Delivery, Project } from '@assay/server/contract'
import { Button } from '@mantine/core'
import { IconGauge } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Empty } from '../../ui/empty.tsx'
import { Failure } from '../../ui/failure.tsx'
import { dateTimeUtc } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Notice } from '../../ui/notice.tsx'
import { DeliveryBoard } from './delivery-board.tsx'
import css from './delivery.module.css'

interface Props {
  project: Project
  delivery: Delivery | undefined
  error: Error | null
  /** Whether what is shown is of another period, environment or clock, until what was asked for is there. */
  loadingOther: boolean
  /** The environment that was chosen; undefined for production. */
  environment: string | undefined
  days: number
  clock: string
  onRetry: () => void
}

/** What the page says in every state it can be in. */
export function DeliveryBody({ project, delivery, error, loadingOther, environment, days, clock, onRetry }: Props) {
  const place = project.environments.find(({ key }) => key === environment)?.name ?? 'production'
  if (error && !delivery) return <Failure error={error} onRetry={onRetry} />
  if (!delivery) return <Loading rows={8} />
  if (delivery.environments.length === 0) {
    return (
      <Empty icon={<IconGauge size={28} stroke={1.6} />} title="No environment is marked as production" action={<Button renderRoot={(props) => <Link to="/p/$project/settings/$section" params={{ project: project.key, section: 'environments' }} {...props} />}>Go to environments</Button>}>
        This page counts what changes in production. Mark an environment as production, or choose one above.
      </Empty>
    )
  }
  if (delivery.firstChangeAt === null && delivery.complete) {
    return (
      <Empty icon={<IconGauge size={28} stroke={1.6} />} title={`Nothing changed in ${place} yet`} action={<Button renderRoot={(props) => <Link to="/p/$project/flags" params={{ project: project.key }} {...props} />}>Go to flags</Button>}>
        Once flags are turned on, changed or rolled back there, this page says how often, how fast, and at which hours.
      </Empty>
    )
  }
  return (
    <div className={loadingOther ? css.pending : undefined} aria-busy={loadingOther}>
      {delivery.complete ? null : <Notice>Entries of long ago are still being read: these numbers will grow.</Notice>}
      {delivery.changes.total > 0 || delivery.firstChangeAt === null ? null : <Notice>Nothing changed in these {days} days. The first change was on {dateTimeUtc(delivery.firstChangeAt)}: choose a longer period to see it.</Notice>}
      <DeliveryBoard project={project.key} delivery={delivery} clock={clock} />
    </div>
  )
}
