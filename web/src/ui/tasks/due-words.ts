import type { Task } from '@assay/server/contract'
import { date, plural } from '../format.ts'

const DAY_MS = 86_400_000

/** Until when a task is to be done, and whether that is over. Days are those of UTC, as they are stored. */
export function dueWords({ dueAt, doneAt }: Pick<Task, 'dueAt' | 'doneAt'>, now: Date): { words: string; late: boolean } {
  if (dueAt === null) return { words: 'No day', late: false }
  const days = Math.round((Date.parse(dueAt) - Date.parse(now.toISOString().slice(0, 10))) / DAY_MS)
  if (doneAt !== null || days > 7) return { words: `By ${date(dueAt, now)}`, late: false }
  if (days < 0) return { words: `${plural(-days, 'day')} late`, late: true }
  return { words: days === 0 ? 'Today' : days === 1 ? 'Tomorrow' : `In ${days} days`, late: false }
}
