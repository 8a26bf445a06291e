/** What a stream is written to: an HTTP response, or anything that pushes back like one. */
export interface StreamTarget {
  write(chunk: Buffer | string): boolean
  end(chunk?: string): unknown
  destroy(): unknown
  on(event: 'close' | 'drain', listener: () => void): unknown
}

export interface StreamTimes {
  /** A stream whose reader takes nothing for this long is cut. */
  stalledMs: number
  /** A stream is asked to reconnect after about this long, so that new instances get their share. */
  maxAgeMs: number
}

/** What streams carry. */
export interface Frames<Frame> {
  /** One buffer for every stream. */
  bytes(frame: Frame): Buffer | string
  /** The one frame that a blocked reader is owed after it missed both. */
  merge(owed: Frame, next: Frame): Frame
  /** Keeps a quiet stream open through proxies. */
  heartbeat: string
}

interface Stream<Frame> {
  topic: string
  target: StreamTarget
  openedAt: number
  /** Set while the reader does not keep up. */
  blockedAt: number | null
  /** All that a blocked stream has not been sent. */
  owed: Frame | null
}

/** Reconnecting clients per second that an instance takes without queueing. */
const RECONNECTS_PER_SECOND = 300

/**
 * Open streams of server-sent events, by topic. Memory is bounded: all share one buffer per frame, and a reader that does
 * not keep up is owed one frame at most. `now` is a monotonic clock in milliseconds, `chance` gives numbers in [0, 1).
 */
export function createEventStreams<Frame>(now: () => number, chance: () => number, times: StreamTimes, { bytes, merge, heartbeat }: Frames<Frame>) {
  const streams = new Map<string, Set<Stream<Frame>>>()

  function send(stream: Stream<Frame>, frame: Frame): void {
    if (stream.blockedAt !== null) {
      stream.owed = stream.owed === null ? frame : merge(stream.owed, frame)
      return
    }
    if (!stream.target.write(bytes(frame))) stream.blockedAt = now()
  }

  function all(): Stream<Frame>[] {
    return [...streams.values()].flatMap((set) => [...set])
  }

  function forget(stream: Stream<Frame>): void {
    const set = streams.get(stream.topic)
    set?.delete(stream)
    if (set?.size === 0) streams.delete(stream.topic)
  }

  function askToReconnect(stream: Stream<Frame>, withinMs: number): void {
    // At once, not when the connection closes: nothing may be written after the end.
    forget(stream)
    const retryMs = Math.floor(chance() * withinMs)
    stream.target.end(`retry: ${retryMs}\nevent: reconnect\ndata: {"retryMs":${retryMs}}\n\n`)
  }

  return {
    count: (): number => [...streams.values()].reduce((total, set) => total + set.size, 0),

    open(topic: string, first: Frame | null, target: StreamTarget): void {
      // Spread by a fifth either way, so that streams opened together do not age together.
      const stream: Stream<Frame> = { topic, target, openedAt: now() + (chance() - 0.5) * 0.4 * times.maxAgeMs, blockedAt: null, owed: null }
      const set = streams.get(topic) ?? new Set()
      streams.set(topic, set.add(stream))
      target.on('close', () => { forget(stream) })
      target.on('drain', () => {
        stream.blockedAt = null
        const { owed } = stream
        stream.owed = null
        if (owed !== null) send(stream, owed)
      })
      // A first byte lets proxies and clients see at once that the stream is open.
      target.write(': open\n\n')
      if (first !== null) send(stream, first)
    },

    broadcast(topic: string, frame: Frame): void {
      for (const stream of streams.get(topic) ?? []) send(stream, frame)
    },

    /** Keeps quiet streams open through proxies, cuts stalled ones, and renews old ones. */
    heartbeat(): void {
      const at = now()
      for (const stream of all()) {
        if (stream.blockedAt !== null) {
          if (at - stream.blockedAt >= times.stalledMs) stream.target.destroy()
        } else if (at - stream.openedAt >= times.maxAgeMs) {
          askToReconnect(stream, 1_000)
        } else if (!stream.target.write(heartbeat)) {
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
