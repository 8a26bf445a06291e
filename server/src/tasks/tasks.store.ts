import type { ExperimentDetail } from '../contract/experiments.ts'
import type { Task, TaskKind } from '../contract/tasks.ts'
import type { Database, Prisma, Tx } from '../platform/postgres.ts'

export interface NewTask {
  kind: TaskKind
  title: string
  experimentId: string
  flagId: string
  dueAt: Date
}

export interface TaskFilter {
  state?: 'open' | 'done' | undefined
  experiment?: string | undefined
  flag?: string | undefined
}

/** An open task with what shows whether it is done. */
export interface OpenTask {
  id: string
  projectId: string
  key: string
  kind: TaskKind
  flagId: string | null
  flagArchived: boolean
  environment: string
  /** What the decision said is served from then on. */
  serves: string | null
}

const related = { experiment: { select: { key: true, hypothesis: { select: { key: true } } } }, flag: { select: { key: true } } } as const satisfies Prisma.TaskInclude
type Row = Prisma.TaskGetPayload<{ include: typeof related }>

export function createTasksStore(db: Database | Tx) {
  return {
    /** Open ones first, by day; then those that are done, the newest first. */
    async list(projectId: string, { state, experiment, flag }: TaskFilter): Promise<Task[]> {
      const rows = await db.task.findMany({
        where: {
          projectId,
          ...(state === undefined ? {} : { doneAt: state === 'open' ? null : { not: null } }),
          ...(experiment === undefined ? {} : { experiment: { key: experiment } }),
          ...(flag === undefined ? {} : { flag: { key: flag } }),
        },
        orderBy: [{ doneAt: { sort: 'desc', nulls: 'first' } }, { dueAt: { sort: 'asc', nulls: 'last' } }, { createdAt: 'asc' }, { id: 'asc' }],
        include: related,
      })
      return rows.map(toTask)
    },

    async find(projectId: string, key: string): Promise<(Task & { id: string }) | null> {
      const row = await db.task.findUnique({ where: { projectId_key: { projectId, key } }, include: related })
      return row && { id: row.id, ...toTask(row) }
    },

    /** Takes the project's next numbers: call it inside the transaction that inserts. */
    async insert(projectId: string, tasks: readonly NewTask[], createdAt: Date): Promise<Task[]> {
      const { taskCount } = await db.project.update({ where: { id: projectId }, data: { taskCount: { increment: tasks.length } }, select: { taskCount: true } })
      const created: Task[] = []
      for (const [index, task] of tasks.entries()) {
        const key = `T-${taskCount - tasks.length + index + 1}`
        created.push(toTask(await db.task.create({ data: { projectId, key, ...task, createdAt }, include: related })))
      }
      return created
    },

    async update(id: string, change: Pick<Prisma.TaskUncheckedUpdateInput, 'assignee' | 'dueAt' | 'doneAt' | 'doneBy' | 'note'>): Promise<Task> {
      return toTask(await db.task.update({ where: { id }, data: { ...change, revision: { increment: 1 } }, include: related }))
    },

    /** Open tasks of which the product can see whether they are done: of one project, or of all. One that a person opened again has a note, and stays theirs. */
    async watched(projectId?: string): Promise<OpenTask[]> {
      const rows = await db.task.findMany({
        where: { ...(projectId === undefined ? {} : { projectId }), doneAt: null, note: '', kind: { in: ['end_state', 'archive_flag'] } },
        include: { flag: { select: { archivedAt: true } }, experiment: { select: { setup: true, decision: true } } },
        orderBy: { createdAt: 'asc' },
      })
      return rows.map(({ id, projectId: project, key, kind, flagId, flag, experiment }) => {
        const setup = experiment?.setup as unknown as Pick<ExperimentDetail, 'environment' | 'control'> | undefined
        const decision = experiment?.decision as unknown as ExperimentDetail['decision']
        return { id, projectId: project, key, kind: kind as TaskKind, flagId, flagArchived: flag !== null && flag.archivedAt !== null, environment: setup?.environment ?? '', serves: decision?.variant ?? setup?.control ?? null }
      })
    },

    /** Open follow-ups that a hypothesis was left with. */
    async openFollowUps(projectId: string, hypothesis: string): Promise<{ id: string; key: string }[]> {
      return db.task.findMany({ where: { projectId, doneAt: null, kind: 'follow_up', experiment: { hypothesis: { key: hypothesis } } }, select: { id: true, key: true } })
    },
  }
}

function toTask(row: Row): Task {
  return {
    key: row.key,
    kind: row.kind as TaskKind,
    title: row.title,
    experiment: row.experiment?.key ?? null,
    hypothesis: row.experiment?.hypothesis.key ?? null,
    flag: row.flag?.key ?? null,
    assignee: row.assignee,
    dueAt: row.dueAt?.toISOString().slice(0, 10) ?? null,
    createdAt: row.createdAt.toISOString(),
    doneAt: row.doneAt?.toISOString() ?? null,
    doneBy: row.doneBy,
    note: row.note,
    revision: row.revision,
  }
}
