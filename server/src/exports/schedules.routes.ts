import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import type { Registrar } from '../http/register.ts'
import { createSchedule, deleteSchedule, renewSecret, runScheduleNow, saveSchedule } from './schedules.service.ts'
import { createSchedulesStore } from './schedules.store.ts'

export function registerExportScheduleRoutes(on: Registrar, deps: Deps): void {
  on(routes.listExportSchedules, async ({ project }) => ({
    schedules: (await createSchedulesStore(deps.db).list(project.id)).map(({ schedule }) => schedule),
    destinations: { folder: deps.config.exportDir !== null, s3: deps.config.bucketCredentials !== null },
  }))

  on(routes.createExportSchedule, ({ project, actor, body }) => createSchedule(deps, project, actor, body))

  on(routes.saveExportSchedule, ({ project, actor, params, body }) => saveSchedule(deps, project, actor, params.schedule, body.basedOn, body.setup))

  on(routes.deleteExportSchedule, ({ project, actor, params }) => deleteSchedule(deps, project, actor, params.schedule))

  on(routes.runExportSchedule, ({ project, actor, params }) => runScheduleNow(deps, project, actor, params.schedule))

  on(routes.renewExportSecret, ({ project, actor, params }) => renewSecret(deps, project, actor, params.schedule))
}
