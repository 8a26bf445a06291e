import { routes, type ExportSchedule, type ExportSetup } from '@assay/server/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/client.ts'
import { useProjectKey } from '../../api/project.ts'

/** Looked at often while one runs or is about to. */
const BUSY_MS = 2_000
const IDLE_MS = 30_000

export function schedulesQuery(project: string) {
  return queryOptions({
    queryKey: ['export-schedules', project],
    queryFn: () => call(routes.listExportSchedules, { params: { project } }),
    refetchInterval: ({ state }) => (state.data?.schedules.some(isBusy) === true ? BUSY_MS : IDLE_MS),
  })
}

/** Whether it runs, or is due. */
export function isBusy({ lastRun, nextRunAt }: Pick<ExportSchedule, 'lastRun' | 'nextRunAt'>): boolean {
  return lastRun?.state === 'running' || (nextRunAt !== null && Date.parse(nextRunAt) <= Date.now())
}

export function useScheduleWrites() {
  const project = useProjectKey()
  const client = useQueryClient()
  const onSettled = () => Promise.all([['export-schedules', project], ['audit', project]].map((queryKey) => client.invalidateQueries({ queryKey })))
  return {
    save: useMutation({
      mutationFn: ({ schedule, setup }: { schedule?: ExportSchedule | undefined; setup: ExportSetup }) =>
        schedule ? call(routes.saveExportSchedule, { params: { project, schedule: schedule.id }, body: { basedOn: schedule.revision, setup } }) : call(routes.createExportSchedule, { params: { project }, body: setup }),
      onSettled,
    }),
    remove: useMutation({ mutationFn: (schedule: string) => call(routes.deleteExportSchedule, { params: { project, schedule } }), onSettled }),
    run: useMutation({ mutationFn: (schedule: string) => call(routes.runExportSchedule, { params: { project, schedule } }), onSettled }),
    renew: useMutation({ mutationFn: (schedule: string) => call(routes.renewExportSecret, { params: { project, schedule } }), onSettled }),
  }
}
