import type { Deps } from '../deps.ts'
import type { Job } from '../jobs/job.ts'
import { closeDoneTasks } from './close-tasks.service.ts'
import { createTasksStore } from './tasks.store.ts'

/** Flags change by many hands, by schedule too: what they show to be done is looked for, not waited for. */
export function tasksJob(deps: Deps): Job {
  return {
    name: 'tasks',
    everyMs: 15_000,
    async run(signal) {
      const projects = new Set((await createTasksStore(deps.db).watched()).map(({ projectId }) => projectId))
      for (const projectId of projects) {
        if (signal.aborted) return
        await closeDoneTasks(deps, projectId)
      }
    },
  }
}
