import type { ExportSchedule } from '@assay/server/contract'
import { IconCalendarClock, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { usePermit, useProject } from '../../api/project.ts'
import { Empty } from '../../ui/empty.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { Top } from '../../ui/top.tsx'
import { schedulesQuery, useScheduleWrites } from './exports-queries.ts'
import { isResource, newValues, type ScheduleValues, setupOf, valuesOf } from './schedule-values.ts'
import { SchedulesTable } from './schedules-table.tsx'

const ScheduleDialog = lazy(async () => ({ default: (await import('./schedule-dialog.tsx')).ScheduleDialog }))
const SecretDialog = lazy(async () => ({ default: (await import('./secret-dialog.tsx')).SecretDialog }))
const TypedConfirm = lazy(async () => ({ default: (await import('../../ui/typed-confirm.tsx')).TypedConfirm }))

type Open = { kind: 'new'; values: ScheduleValues } | { kind: 'edit'; schedule: ExportSchedule } | { kind: 'delete'; schedule: ExportSchedule } | { kind: 'secret'; name: string; secret: string }

const crumb = { label: 'Scheduled exports' }
const lead = 'What leaves the project at set times, where it goes, and what the last run did.'

export function ExportsPage() {
  const project = useProject()
  const permit = usePermit('export.schedule')
  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, crumb]} />
      {permit.allowed ? <Schedules /> : <Page title="Scheduled exports" lead={lead}><Panel title="Scheduled exports"><Empty icon={<IconCalendarClock size={28} stroke={1.6} />} title="Engineers look after scheduled exports">{permit.why} Every list can be exported once by the Export menu on its page.</Empty></Panel></Page>}
    </>
  )
}

function Schedules() {
  const project = useProject()
  const permit = usePermit('export.schedule')
  const search = useSearch({ from: '/signed-in/p/$project/exports' })
  const navigate = useNavigate({ from: '/p/$project/exports' })
  const { data, error, refetch } = useQuery(schedulesQuery(project.key))
  const { save, remove, run, renew } = useScheduleWrites()
  const [open, setOpen] = useState<Open | null>(() => (isResource(search.table) ? { kind: 'new', values: newValues(search.table, readFilters(search.filters)) } : null))
  const close = () => {
    setOpen(null)
    if (search.table !== undefined) void navigate({ search: {}, replace: true })
  }
  const showSecret = (name: string, secret: string | null) => {
    close()
    if (secret !== null) setOpen({ kind: 'secret', name, secret })
  }
  const start = (schedule: ExportSchedule) => {
    run.mutate(schedule.id, { onSuccess: () => { toastDone({ title: `${schedule.name} starts within seconds` }) }, onError: (refusal) => { toastFailed(`${schedule.name} was not started`, refusal) } })
  }
  const turn = (schedule: ExportSchedule) => {
    const enabled = !schedule.enabled
    save.mutate({ schedule, setup: { ...setupOf(valuesOf(schedule)), enabled } }, {
      onSuccess: () => { toastDone({ title: enabled ? `${schedule.name} is on` : `${schedule.name} is off` }) },
      onError: (refusal) => { toastFailed(`${schedule.name} is still ${schedule.enabled ? 'on' : 'off'}`, refusal) },
    })
  }
  const renewSecret = (schedule: ExportSchedule) => {
    renew.mutate(schedule.id, { onSuccess: (saved) => { showSecret(schedule.name, saved.secret) }, onError: (refusal) => { toastFailed('The old secret still holds', refusal) } })
  }
  const create = <PermittedButton permit={permit} leftSection={<IconPlus size={15} />} onClick={() => { setOpen({ kind: 'new', values: newValues('experiments', {}) }) }}>New scheduled export</PermittedButton>

  return (
    <Page wide title="Scheduled exports" lead={lead} actions={data && data.schedules.length > 0 ? create : undefined}>
      {error && !data ? <Failure error={error} onRetry={() => { void refetch() }} /> : !data ? <Loading rows={4} /> : data.schedules.length === 0 ? (
        <Empty icon={<IconCalendarClock size={28} stroke={1.6} />} title="Nothing is exported by itself yet" action={create}>A scheduled export keeps a warehouse or a spreadsheet up to date: any list or result, each hour, day or week, to a folder, a bucket or a service.</Empty>
      ) : <SchedulesTable schedules={data.schedules} busy={run.isPending || save.isPending} onRun={start} onTurn={turn} onEdit={(schedule) => { setOpen({ kind: 'edit', schedule }) }} onRenew={renewSecret} onDelete={(schedule) => { setOpen({ kind: 'delete', schedule }) }} />}
      <Suspense>
        {open?.kind === 'new' && data ? <ScheduleDialog values={open.values} destinations={data.destinations} save={save} onSaved={(name, secret) => { showSecret(name, secret) }} onClose={close} /> : null}
        {open?.kind === 'edit' && data ? <ScheduleDialog schedule={open.schedule} values={valuesOf(open.schedule)} destinations={data.destinations} save={save} onSaved={(name, secret) => { showSecret(name, secret) }} onClose={close} /> : null}
        {open?.kind === 'secret' ? <SecretDialog name={open.name} secret={open.secret} onClose={close} /> : null}
        {open?.kind === 'delete' ? (
          <TypedConfirm
            title={`Delete ${open.schedule.name}`}
            word={open.schedule.name}
            action="Delete scheduled export"
            busy={remove.isPending}
            onCancel={close}
            onConfirm={() => {
              remove.mutate(open.schedule.id, { onSuccess: () => { close(); toastDone({ title: `${open.schedule.name} is deleted`, detail: 'The files that it made stay where they are.' }) }, onError: (refusal) => { toastFailed(`${open.schedule.name} is still there`, refusal) } })
            }}
          >
            Nothing is sent any more. The files that it made stay where they are.
          </TypedConfirm>
        ) : null}
      </Suspense>
    </Page>
  )
}

/** The filters that an address hands over; what is no filter is left out. */
function readFilters(text: string | undefined): Record<string, string> {
  try {
    const read: unknown = JSON.parse(text ?? '{}')
    return typeof read === 'object' && read !== null ? Object.fromEntries(Object.entries(read).flatMap(([name, value]: [string, unknown]) => (typeof value === 'string' ? [[name, value]] : []))) : {}
  } catch {
    return {}
  }
}
