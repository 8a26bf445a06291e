import type { ExportSchedule } from '@assay/server/contract'
import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots, IconKey, IconPencil, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { Ago } from '../../ui/ago.tsx'
import { Chip } from '../../ui/chip.tsx'
import { dateTime } from '../../ui/format.ts'
import { isBusy } from './exports-queries.ts'
import { LastRun } from './last-run.tsx'
import { destinationWords, everyWords, sourceWords } from './schedule-words.ts'
import css from './schedules-table.module.css'

interface Props {
  schedules: readonly ExportSchedule[]
  busy: boolean
  onRun: (schedule: ExportSchedule) => void
  onTurn: (schedule: ExportSchedule) => void
  onEdit: (schedule: ExportSchedule) => void
  onRenew: (schedule: ExportSchedule) => void
  onDelete: (schedule: ExportSchedule) => void
}

export function SchedulesTable({ schedules, busy, onRun, onTurn, onEdit, onRenew, onDelete }: Props) {
  return (
    <div className="tablewrap" tabIndex={0} role="region" aria-label="Scheduled exports">
      <table className="table">
        <thead><tr><th scope="col">Export</th><th scope="col">Goes to</th><th scope="col">When</th><th scope="col">Last run</th><th scope="col"><span className="sr">Actions</span></th></tr></thead>
        <tbody>
          {schedules.map((schedule) => {
            const { kind, place } = destinationWords(schedule.destination)
            return (
              <tr key={schedule.id}>
                <td className={css.name}><b>{schedule.name}</b><small>{sourceWords(schedule)}</small></td>
                <td className={css.place}>{kind}<small>{place}</small></td>
                <td className={css.when}>
                  {everyWords(schedule)}
                  {schedule.nextRunAt === null ? <small><Chip>Off</Chip></small> : <small title={`In the name of ${schedule.runsAs}`}>{isBusy(schedule) ? 'Now' : `Next ${dateTime(schedule.nextRunAt)}`}, as {schedule.runsAs}</small>}
                </td>
                <td className={css.run}>{schedule.lastRun === null ? <span className="muted">Not yet</span> : <LastRun run={schedule.lastRun} ago={<Ago at={schedule.lastRun.finishedAt ?? schedule.lastRun.startedAt} />} />}</td>
                <td className="right">
                  <div className={css.actions}>
                    <Button variant="default" size="compact-sm" disabled={busy || !schedule.enabled || isBusy(schedule)} aria-label={`Run ${schedule.name} now`} onClick={() => { onRun(schedule) }}>Run now</Button>
                    <Menu position="bottom-end">
                      <Menu.Target><ActionIcon variant="default" size={28} aria-label={`More for ${schedule.name}`}><IconDots size={15} /></ActionIcon></Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => { onEdit(schedule) }}>Edit</Menu.Item>
                        <Menu.Item leftSection={schedule.enabled ? <IconPlayerPause size={15} /> : <IconPlayerPlay size={15} />} onClick={() => { onTurn(schedule) }}>{schedule.enabled ? 'Turn off' : 'Turn on'}</Menu.Item>
                        {schedule.destination.kind === 'webhook' ? <Menu.Item leftSection={<IconKey size={15} />} onClick={() => { onRenew(schedule) }}>Renew the secret</Menu.Item> : null}
                        <Menu.Divider />
                        <Menu.Item leftSection={<IconTrash size={15} />} onClick={() => { onDelete(schedule) }}>Delete</Menu.Item>
                      </Menu.Dropdown>
                    </Menu>
                  </div>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
