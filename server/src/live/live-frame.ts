import type { LiveAcknowledged, LiveChange, LiveChanges } from '../contract/live.ts'

/** What streams of a project carry: changes, how far rulesets have come, or both after a reader was behind. */
export interface LiveFrame extends LiveChanges {
  /** The audit log's position up to which the reader knows then; null for what no log holds. */
  seq: number | null
  /** By environment, the newest of each. */
  acknowledged: readonly LiveAcknowledged[]
}

/** More changes than this are not named one by one. */
export const MOST_NAMED = 500

/** An event, not a comment: pages see events only, and a silent stream is a broken one. */
export const HEARTBEAT = 'event: heartbeat\ndata: {}\n\n'

export function changedFrame(seq: number | null, changes: readonly LiveChange[]): LiveFrame {
  const named = distinct(changes)
  return named.length > MOST_NAMED ? everythingFrame(seq) : { seq, changes: named, all: false, acknowledged: [] }
}

/** Anything may have changed. */
export function everythingFrame(seq: number | null): LiveFrame {
  return { seq, changes: [], all: true, acknowledged: [] }
}

export function acknowledgedFrame(acknowledged: LiveAcknowledged): LiveFrame {
  return { seq: null, changes: [], all: false, acknowledged: [acknowledged] }
}

/** What a reader is owed that missed both. */
export function mergeFrames(owed: LiveFrame, next: LiveFrame): LiveFrame {
  const seq = next.seq ?? owed.seq
  const changed = owed.all || next.all ? everythingFrame(seq) : changedFrame(seq, [...owed.changes, ...next.changes])
  return { ...changed, acknowledged: [...new Map([...owed.acknowledged, ...next.acknowledged].map((one) => [one.environment, one])).values()] }
}

const written = new WeakMap<LiveFrame, Buffer>()

/** The server-sent events; one buffer for all who read them. */
export function bytesOf(frame: LiveFrame): Buffer {
  const known = written.get(frame)
  if (known) return known
  const { seq, changes, all } = frame
  const changed = seq !== null || all || changes.length > 0 ? [`${seq === null ? '' : `id: ${seq}\n`}event: changed\ndata: ${JSON.stringify({ changes, all })}\n\n`] : []
  const bytes = Buffer.from([...changed, ...frame.acknowledged.map((one) => `event: acknowledged\ndata: ${JSON.stringify(one)}\n\n`)].join(''))
  written.set(frame, bytes)
  return bytes
}

/** Each thing once, as it was said last. */
function distinct(changes: readonly LiveChange[]): LiveChange[] {
  return [...new Map(changes.map((change) => [JSON.stringify([change.kind, change.key, change.environment]), change])).values()]
}
