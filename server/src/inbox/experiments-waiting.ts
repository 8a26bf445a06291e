import type { WaitingItem } from '../contract/inbox.ts'
import { allows } from '../contract/roles.ts'
import { namedMembers, waitsFor } from './named-members.ts'
import type { OpenExperiment, Reader, WaitingFacts } from './waiting-facts.ts'

const DAY_MS = 86_400_000
/** A decision that waits longer is asked of everybody who may take it. */
const DECIDE_WITHIN_DAYS = 7

/** Experiments that do harm, that cannot be trusted, that are to be decided, and drafts. */
export function experimentsWaiting({ experiments, members }: Pick<WaitingFacts, 'experiments' | 'members'>, reader: Reader, now: Date): WaitingItem[] {
  return experiments.flatMap((experiment) => itemOf(experiment, members, reader, now) ?? [])
}

function itemOf(experiment: OpenExperiment, members: readonly Reader[], reader: Reader, now: Date): WaitingItem | null {
  const { key, title, status, verdict, writtenBy, createdAt } = experiment
  if (status === 'draft') {
    if (writtenBy !== reader.name || !allows(reader.role, 'experiment.run')) return null
    return { kind: 'start', urgency: 'later', key, title, sentence: 'A draft of what you believe: check it and start it.', since: createdAt.toISOString() }
  }
  if (status === 'running' && verdict?.kind === 'harmful') {
    if (!allows(reader.role, 'experiment.run')) return null
    return { kind: 'harm', urgency: 'now', key, title, sentence: `${verdict.sentence} Stop it, or say why it goes on.`, since: verdict.since.toISOString() }
  }
  if (status === 'running' && verdict?.kind === 'invalid') {
    if (!waitsFor(reader, [experiment.decider, writtenBy, experiment.startedBy ?? ''], members, 'experiment.run')) return null
    return { kind: 'distrust', urgency: 'now', key, title, sentence: `${verdict.sentence} Find the cause before anybody believes the numbers.`, since: verdict.since.toISOString() }
  }
  return decision(experiment, members, reader, now)
}

function decision(experiment: OpenExperiment, members: readonly Reader[], reader: Reader, now: Date): WaitingItem | null {
  const ready = readiness(experiment, now)
  if (ready === null || !allows(reader.role, 'experiment.decide')) return null
  const { key, title } = experiment
  const [decider] = namedMembers([experiment.decider], members, 'experiment.decide')
  const days = Math.floor((now.getTime() - ready.since.getTime()) / DAY_MS)
  const late = days >= DECIDE_WITHIN_DAYS
  if (decider !== undefined && decider !== reader.name && !late) return null
  const who = decider === reader.name ? 'You are named to decide.' : decider === undefined ? 'You may decide.' : `${decider} was to decide, and has not for ${days} days.`
  return { kind: 'decide', urgency: late ? 'now' : 'next', key, title, sentence: `${ready.sentence} ${who}`, since: ready.since.toISOString() }
}

/** Since when an experiment can be decided, and why; null where it goes on. */
function readiness({ status, endedAt, startedAt, createdAt, maxDays, verdict }: OpenExperiment, now: Date): { since: Date; sentence: string } | null {
  if (status === 'stopped') return { since: endedAt ?? createdAt, sentence: verdict?.sentence ?? 'It was stopped before it was read.' }
  if (verdict?.final) return { since: verdict.since, sentence: verdict.sentence }
  if (startedAt === null || maxDays === null) return null
  const last = new Date(startedAt.getTime() + maxDays * DAY_MS)
  return last > now ? null : { since: last, sentence: `It has run for the ${maxDays} days that it may run at most, without an answer.` }
}
