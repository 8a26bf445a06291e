import type { ExportRun } from '@assay/server/contract'
import { IconCheck, IconLoader, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Chip } from '../../ui/chip.tsx'
import { dateTime } from '../../ui/format.ts'
import { runWords } from './schedule-words.ts'
import css from './schedules-table.module.css'

/** What the last run did: how much it sent and where to, or why it did not. */
export function LastRun({ run, ago }: { run: ExportRun; ago: ReactNode }) {
  if (run.state === 'running') return <><Chip tone="info" icon={<IconLoader size={12} />}>Running</Chip> <small className={css.facts}>Started {ago}{run.attempt > 1 ? `, try ${run.attempt}` : ''}</small></>
  if (run.state === 'done') return <><Chip tone="win" icon={<IconCheck size={12} />}>Done</Chip> {ago}<small className={css.facts}>{runWords(run)}</small><small className={css.facts}>{run.location}</small></>
  return <><Chip tone="loss" icon={<IconX size={12} />}>Failed</Chip> {ago}<small className={css.facts}>{run.error}</small>{run.retryAt === null ? null : <small className={css.facts}>Tried again at {dateTime(run.retryAt)}</small>}</>
}
