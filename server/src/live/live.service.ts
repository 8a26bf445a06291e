import { SESSION_CHANNEL } from '../accounts/sessions.store.ts'
import { ANALYSIS_CHANNEL } from '../analysis/snapshots.store.ts'
import { AUDIT_CHANNEL } from '../audit/audit.store.ts'
import type { Base } from '../base.ts'
import { AppError } from '../http/app-error.ts'
import { createEventStreams, type StreamTarget } from '../http/event-streams.ts'
import { ACKNOWLEDGED_CHANNEL } from '../rulesets/instances.store.ts'
import { RULESET_CHANNEL } from '../rulesets/rulesets.store.ts'
import { readStanding } from '../rulesets/standing.service.ts'
import { acknowledgedFrame, bytesOf, changedFrame, everythingFrame, HEARTBEAT, type LiveFrame, mergeFrames, MOST_NAMED } from './live-frame.ts'
import { createLiveReaders } from './live-readers.service.ts'
import { createLiveStore, type LiveReader } from './live.store.ts'
import { onceMore } from './once-more.ts'

export interface LiveTimes {
  /** How often the audit logs that somebody follows are compared with what was sent. */
  reconcileMs: number
  heartbeatMs: number
  stalledMs: number
  maxAgeMs: number
}

const defaultTimes: LiveTimes = { reconcileMs: 5_000, heartbeatMs: 15_000, stalledMs: 60_000, maxAgeMs: 30 * 60_000 }

/** Pages that one person may have open on an instance. */
export const STREAMS_PER_PERSON = 30

/** What these hold decides who may read. */
const ADMITTING = new Set(['member', 'token'])

/** A page has begun to load what it shows at most this long before it asks for its first stream. */
const LOADING_MS = 60_000

/** Tells open pages what changed in their project. */
export interface Live {
  start(): Promise<void>
  /** Asks every page to reconnect elsewhere and ends its stream; new ones are refused from here on. */
  stop(): void
  close(): Promise<void>
  /**
   * Sends what changed after a position of the audit log, or in the last minute where none is given, then what changes, for as long as
   * the session may see the project. `open` begins the answer, once it is certain that there is one; null where its reader has gone.
   */
  follow(reader: LiveReader, after: number | null, open: () => StreamTarget | null): Promise<void>
}

/**
 * Follows the audit log of every project that somebody looks at: what is audited is told, whoever did it on whichever
 * instance. It learns of an entry by notification, and in any case by reconciliation. New analyses and acknowledgements
 * come by notification alone; a page that was away asks for them anew.
 */
export function createLive(base: Pick<Base, 'db' | 'installation' | 'listen' | 'log' | 'measures' | 'now'>, times: Partial<LiveTimes> = {}): Live {
  const { reconcileMs, heartbeatMs, stalledMs, maxAgeMs } = { ...defaultTimes, ...times }
  const { log } = base
  const store = createLiveStore(base.db)
  const streams = createEventStreams<LiveFrame>(() => performance.now(), Math.random, { stalledMs, maxAgeMs }, { bytes: bytesOf, merge: mergeFrames, heartbeat: HEARTBEAT })
  const readers = createLiveReaders(base)
  /** Of each followed project, the position that all its readers have been sent. */
  const sent = new Map<string, number>()
  let unlisten: (() => Promise<void>)[] = []
  let reconcileTimer: NodeJS.Timeout | undefined
  let heartbeatTimer: NodeJS.Timeout | undefined
  let reconciling: Promise<void> | null = null
  let databaseAway = false
  let draining = false
  let closed = false

  base.measures.gauge('assay_live_streams', 'Open streams of pages.', streams.count)

  /** Sends what a project's log holds beyond what was sent. */
  const advance = onceMore(async (projectId) => {
    for (let from = sent.get(projectId); from !== undefined;) {
      const found = await store.changesAfter(projectId, from, MOST_NAMED)
      const last = found.at(-1)
      if (!last) return
      sent.set(projectId, last.seq)
      streams.broadcast(projectId, changedFrame(last.seq, found.map(({ change }) => change)))
      if (found.some(({ change }) => ADMITTING.has(change.kind))) await readers.endUnwelcome(projectId)
      from = found.length < MOST_NAMED ? undefined : last.seq
    }
  })

  /** Sends how far the newest ruleset of an environment has come. */
  const tellStanding = onceMore(async (environmentId) => {
    const found = await readStanding(base, environmentId)
    if (found) streams.broadcast(found.projectId, acknowledgedFrame({ environment: found.environment, ...found.standing }))
  })

  /** What fails while the database is away is made up for by reconciliation. */
  function attempt(work: Promise<void>): void {
    work.catch((error: unknown) => { log.debug({ err: error }, 'pages are not told what changed: the database is away') })
  }

  function logged(payload: string): void {
    const [projectId = '', seq = ''] = payload.split(':')
    const position = sent.get(projectId)
    if (position !== undefined && Number(seq) > position) attempt(advance(projectId))
  }

  function standingMoved(payload: string): void {
    const [environmentId = ''] = payload.split(':')
    if (streams.count() > 0) attempt(tellStanding(environmentId))
  }

  function analysed(payload: string): void {
    const [projectId = '', key = ''] = payload.split(':')
    streams.broadcast(projectId, changedFrame(null, [{ kind: 'analysis', key, environment: null, revision: null }]))
  }

  const channels: { channel: string; heard: (payload: string) => void; missed?: () => void }[] = [
    { channel: AUDIT_CHANNEL, heard: logged, missed: () => { void reconcile() } },
    { channel: RULESET_CHANNEL, heard: standingMoved },
    { channel: ACKNOWLEDGED_CHANNEL, heard: standingMoved },
    { channel: ANALYSIS_CHANNEL, heard: analysed },
    { channel: SESSION_CHANNEL, heard: readers.sessionEnded },
  ]

  async function reconcileOnce(): Promise<void> {
    try {
      // Where one failed, the next try goes on from there.
      for (const { channel, heard, missed } of channels.slice(unlisten.length)) unlisten.push(await base.listen(channel, heard, missed))
      const followed = readers.projects()
      for (const projectId of sent.keys()) if (!followed.has(projectId)) sent.delete(projectId)
      if (followed.size > 0) for (const { id, auditSeq } of await store.heads([...followed])) if (auditSeq > (sent.get(id) ?? auditSeq)) await advance(id)
      if (databaseAway) log.info('the database is back: pages are told what changed')
      databaseAway = false
    } catch (error) {
      if (!databaseAway) log.warn({ err: error }, 'the database is away: pages are told nothing new')
      databaseAway = true
    }
  }

  function reconcile(): Promise<void> {
    reconciling ??= reconcileOnce().finally(() => { reconciling = null })
    return reconciling
  }

  function scheduleReconcile(): void {
    if (closed) return
    reconcileTimer = setTimeout(() => { void reconcile().then(scheduleReconcile) }, reconcileMs)
    reconcileTimer.unref()
  }

  /** What a reader is sent first, once what it missed was read: nothing may be awaited between this and the opening of its stream. */
  function firstFrame(projectId: string, after: number | null, head: number, missed: { seq: number; change: LiveFrame['changes'][number] }[]): LiveFrame {
    const last = missed.at(-1)?.seq ?? head
    // Sent to the others while this was read.
    const position = sent.get(projectId) ?? last
    if (!sent.has(projectId)) sent.set(projectId, last)
    // A position beyond the log's end is of another history, such as one before a restore.
    const isGap = missed.length > MOST_NAMED || position > last || (after !== null && after > head)
    return isGap ? everythingFrame(Math.max(position, last)) : changedFrame(last, missed.map(({ change }) => change))
  }

  const live: Live = {
    async start() {
      await reconcile()
      scheduleReconcile()
      heartbeatTimer = setInterval(() => {
        streams.heartbeat()
        attempt(readers.endUnwelcome())
      }, heartbeatMs)
      heartbeatTimer.unref()
    },
    stop() {
      draining = true
      streams.endAll()
    },
    async close() {
      live.stop()
      closed = true
      clearTimeout(reconcileTimer)
      clearInterval(heartbeatTimer)
      await reconciling
      await Promise.all(unlisten.map((end) => end().catch(() => undefined)))
      unlisten = []
    },
    async follow(who, after, open) {
      if (readers.streamsOf(who.userId) >= STREAMS_PER_PERSON) throw new AppError('rate_limited', `You have ${STREAMS_PER_PERSON} pages open. Close some: this one is not told what changes.`)
      const { projectId } = who
      const reader = readers.add(who)
      try {
        const head = await store.head(projectId)
        const missed = await (after === null ? store.changesSince(projectId, new Date(base.now().getTime() - LOADING_MS), MOST_NAMED + 1) : store.changesAfter(projectId, after, MOST_NAMED + 1))
        const first = firstFrame(projectId, after, head, missed)
        if (draining) throw new AppError('shutting_down', 'This instance is stopping: connect again, to another one.')
        const target = open()
        if (target === null) {
          reader.leave()
          return
        }
        reader.reads(target)
        streams.open(projectId, first, target)
      } catch (error) {
        reader.leave()
        throw error
      }
      // Its session may have ended meanwhile.
      attempt(readers.endUnwelcome(projectId))
    },
  }
  return live
}
