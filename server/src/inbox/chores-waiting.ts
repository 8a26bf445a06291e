import type { WaitingItem } from '../contract/inbox.ts'
import { allows } from '../contract/roles.ts'
import { waitsFor } from './named-members.ts'
import type { FailedExport, FailingWebhook, LeavingKey, OpenTask, OwnedFlag, Reader, WaitingFacts } from './waiting-facts.ts'

const DAY_MS = 86_400_000
const SOON_DAYS = 7
/** A service that is started anew is no reason to call anybody. */
const HICCUP_MS = 3_600_000

type Chores = Pick<WaitingFacts, 'members' | 'tasks' | 'flags' | 'exports' | 'webhooks' | 'keys'>

/** What decisions left to do, flags past their day, and what stops coming through: exports, webhooks and keys. */
export function choresWaiting({ members, tasks, flags, exports, webhooks, keys }: Chores, reader: Reader, now: Date): WaitingItem[] {
  return [
    ...tasks.flatMap((task) => taskItem(task, reader, now) ?? []),
    ...(allows(reader.role, 'flag.write') ? flags.flatMap((flag) => flagItem(flag, now) ?? []) : []),
    ...(allows(reader.role, 'export.schedule') ? exports.map(exportItem) : []),
    ...webhooks.filter(({ createdBy, since, offBecause }) => (offBecause !== null || now.getTime() - since.getTime() >= HICCUP_MS) && waitsFor(reader, [createdBy], members, 'webhook.write')).map(webhookItem),
    ...keys.filter(({ rotatedBy }) => waitsFor(reader, [rotatedBy], members, 'key.write')).map((key) => keyItem(key, now)),
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

function webhookItem({ id, name, since, offBecause }: FailingWebhook): WaitingItem {
  const sentence = offBecause === null ? 'Nothing that was sent to this webhook has come through since. It is tried again for now.' : `Assay switched this webhook off. ${offBecause}`
  return { kind: 'webhook', urgency: 'now', key: id, title: name, sentence, since: since.toISOString() }
}

function keyItem({ prefix, name, rotatedAt, stopsAt, usedBy }: LeavingKey, now: Date): WaitingItem {
  const soon = stopsAt.getTime() - now.getTime() < DAY_MS
  const when = soon ? 'within a day' : `in ${Math.ceil((stopsAt.getTime() - now.getTime()) / DAY_MS)} days`
  return { kind: 'key', urgency: soon ? 'now' : 'next', key: prefix, title: name, sentence: `This SDK key was rotated and stops ${when}, and ${usedBy ?? 'a service'} has used it since: hand out the new one.`, since: rotatedAt.toISOString() }
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}
