import type { WaitingItem } from '../contract/inbox.ts'
import { allows } from '../contract/roles.ts'
import type { FailedExport, OpenTask, OwnedFlag, Reader, WaitingFacts } from './waiting-facts.ts'

const DAY_MS = 86_400_000
const SOON_DAYS = 7

/** What decisions left to do, flags past their day, and exports that failed. */
export function choresWaiting({ tasks, flags, exports }: Pick<WaitingFacts, 'tasks' | 'flags' | 'exports'>, reader: Reader, now: Date): WaitingItem[] {
  return [
    ...tasks.flatMap((task) => taskItem(task, reader, now) ?? []),
    ...(allows(reader.role, 'flag.write') ? flags.flatMap((flag) => flagItem(flag, now) ?? []) : []),
    ...(allows(reader.role, 'export.schedule') ? exports.map(exportItem) : []),
  ]
}

/** A task waits for whom it is with; one of nobody for everybody who may do it, once it is due soon. */
function taskItem({ key, title, assignee, dueAt, createdAt }: OpenTask, reader: Reader, now: Date): WaitingItem | null {
  if (!allows(reader.role, 'task.write') || (assignee !== '' && assignee !== reader.name)) return null
  const late = dueAt !== null && dueAt < dayOf(now)
  const soon = dueAt !== null && dueAt <= dayOf(new Date(now.getTime() + SOON_DAYS * DAY_MS))
  if (assignee === '' && !soon) return null
  const who = assignee === '' ? 'Nobody has taken it on yet.' : 'It is yours.'
  return { kind: 'task', urgency: late ? 'now' : soon ? 'next' : 'later', key, title, sentence: late ? `It was to be done by now. ${who}` : who, since: createdAt.toISOString() }
}

function flagItem({ key, name, expectedRemoval }: OwnedFlag, now: Date): WaitingItem | null {
  if (expectedRemoval >= dayOf(now)) return null
  return { kind: 'remove', urgency: 'later', key, title: name, sentence: 'Its day of removal has passed, and you own it: take it out of the code and archive it, or give it another day.', since: `${expectedRemoval}T23:59:59.000Z` }
}

function exportItem({ id, name, at, error }: FailedExport): WaitingItem {
  return { kind: 'export', urgency: 'now', key: id, title: name, sentence: `This export runs in your name and failed. ${error ?? 'Nobody knows why.'}`, since: at.toISOString() }
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}
