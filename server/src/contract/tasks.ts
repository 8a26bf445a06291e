import * as z from 'zod/mini'
import { flagKey, instant, reason, revision } from './fields.ts'
import { defineRoutes } from './route.ts'

/**
 * What is left to do after a decision. `end_state`: the flag serves one variant to everybody. `remove_code`: services ask for it no longer.
 * `archive_flag`: the flag is archived. `follow_up`: the next hypothesis is written and says what it goes on from.
 */
export const taskKind = z.enum(['end_state', 'remove_code', 'archive_flag', 'follow_up'])
export type TaskKind = z.infer<typeof taskKind>

export const task = z.object({
  /** `T-1`, `T-2`, ... */
  key: z.string(),
  kind: taskKind,
  title: z.string(),
  experiment: z.nullable(z.string()),
  hypothesis: z.nullable(z.string()),
  flag: z.nullable(flagKey),
  /** Name of a person; empty where nobody is asked yet. */
  assignee: z.string(),
  dueAt: z.nullable(z.iso.date()),
  createdAt: instant,
  doneAt: z.nullable(instant),
  /** `Assay` where the product saw it itself. */
  doneBy: z.nullable(z.string()),
  note: z.string(),
  revision,
})
export type Task = z.infer<typeof task>

const base = '/api/v1/projects/:project/tasks'
export const taskRoutes = defineRoutes({
  listTasks: { method: 'GET', path: base, summary: 'Tasks that decisions left, the most urgent first, then those that are done', access: 'project.read', query: z.strictObject({ state: z.exactOptional(z.enum(['open', 'done'])), experiment: z.exactOptional(z.string()), flag: z.exactOptional(flagKey) }), response: z.object({ tasks: z.array(task) }) },
  saveTask: { method: 'PATCH', path: `${base}/:task`, summary: 'Say who does a task, and by when', access: 'task.write', body: z.strictObject({ basedOn: revision, assignee: z.exactOptional(z.string().check(z.trim(), z.maxLength(200, 'Keep it under 200 characters.'))), dueAt: z.exactOptional(z.nullable(z.iso.date('Give a day, such as 2027-03-31.'))) }), response: task },
  completeTask: { method: 'POST', path: `${base}/:task/complete`, summary: 'Say that a task is done', access: 'task.write', body: z.strictObject({ basedOn: revision, note: z.exactOptional(reason) }), response: task },
  reopenTask: { method: 'POST', path: `${base}/:task/reopen`, summary: 'Open a task again, and say why', access: 'task.write', body: z.strictObject({ basedOn: revision, note: reason.check(z.minLength(1, 'Say why it is not done.')) }), response: task },
})
