import type { ServedRuleset, StreamTarget } from './ruleset-server.ts'

/** What a stream sends of a ruleset: all of it, or word that it is there. */
type Frame = Pick<ServedRuleset, 'environmentId' | 'frame'>

interface Stream {
  environmentId: string
  target: StreamTarget
  openedAt: number
  /** Set while the reader does not keep up. */
  blockedAt: number | null
  /** The newest ruleset that a blocked stream has not been sent; what it missed in between is never sent. */
  pending: Frame | null
}

export interface StreamTimes {
  /** A stream whose reader takes nothing for this long is cut. */
  stalledMs: number
  /** A stream is asked to reconnect after about this long, so that new instances get their share. */
  maxAgeMs: number
}

/** Reconnecting clients per second that an instance takes without queueing. */
const RECONNECTS_PER_SECOND = 300

/**
 * Open streams of rulesets. Memory is bounded: all share one buffer per version, and a reader that does not keep up
 * has at most one ruleset under way. `now` is a monotonic clock in milliseconds, `chance` gives numbers in [0, 1).
 */
export function createRulesetStreams(now: () => number, chance: () => number, times: StreamTimes) {
  const streams = new Map<string, Set<Stream>>()

  function send(stream: Stream, ruleset: Frame): void {
    if (stream.blockedAt !== null) {
      stream.pending = ruleset
      return
    }
    if (!stream.target.write(ruleset.frame())) stream.blockedAt = now()
  }

  function all(): Stream[] {
    return [...streams.values()].flatMap((set) => [...set])
  }

  function forget(stream: Stream): void {
    const set = streams.get(stream.environmentId)
    set?.delete(stream)
    if (set?.size === 0) streams.delete(stream.environmentId)
  }

  function askToReconnect(stream: Stream, withinMs: number): void {
    // At once, not when the connection closes: nothing may be written after the end.
    forget(stream)
    const retryMs = Math.floor(chance() * withinMs)
    stream.target.end(`retry: ${retryMs}\nevent: reconnect\ndata: {"retryMs":${retryMs}}\n\n`)
  }

  return {
    count: (): number => [...streams.values()].reduce((total, set) => total + set.size, 0),

    open(environmentId: string, snapshot: Frame | null, target: StreamTarget): void {
      // Spread by a fifth either way, so that streams opened together do not age together.
      const stream: Stream = { environmentId, target, openedAt: now() + (chance() - 0.5) * 0.4 * times.maxAgeMs, blockedAt: null, pending: null }
      const set = streams.get(environmentId) ?? new Set()
      streams.set(environmentId, set.add(stream))
      target.on('close', () => { forget(stream) })
      target.on('drain', () => {
        stream.blockedAt = null
        const { pending } = stream
        stream.pending = null
        if (pending) send(stream, pending)
      })
      // A first byte lets proxies and clients see at once that the stream is open.
      target.write(': open\n\n')
      if (snapshot) send(stream, snapshot)
    },

    broadcast(ruleset: Frame): void {
      for (const stream of streams.get(ruleset.environmentId) ?? []) send(stream, ruleset)
    },

    /** Keeps quiet streams open through proxies, cuts stalled ones, and renews old ones. */
    heartbeat(): void {
      const at = now()
      for (const stream of all()) {
        if (stream.blockedAt !== null) {
          if (at - stream.blockedAt >= times.stalledMs) stream.target.destroy()
        } else if (at - stream.openedAt >= times.maxAgeMs) {
          askToReconnect(stream, 1_000)
        } else if (!stream.target.write(': heartbeat\n\n')) {
          stream.blockedAt = at
        }
      }
    },

    /** Ends every stream. Each client is told its own moment to come back, so that they do not come back together. */
    endAll(): void {
      const open = all()
      const withinMs = Math.max(1_000, (open.length / RECONNECTS_PER_SECOND) * 1_000)
      for (const stream of open) {
        if (stream.blockedAt === null) askToReconnect(stream, withinMs)
        else stream.target.destroy()
      }
    },
  }
}
