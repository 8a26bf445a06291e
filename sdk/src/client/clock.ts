/** Below this, the difference may be the way of the answer and the whole seconds of its `Date`. */
const LEAST_SKEW_MS = 2000
const DAY_MS = 86_400_000

/** The time for stamps, in milliseconds since 1970. */
export interface Clock {
  now: () => number
  /** The system's own time. */
  system: () => number
  /** Milliseconds that have passed, whatever the system's time is set to meanwhile. */
  elapsed: () => number
  /** Corrects the clock by the `Date` of an answer to a request that began at `started`, by `elapsed`. */
  learn: (date: string | null, started: number) => void
}

/**
 * The caller's clock, used as it is, or else the system's, corrected by the server's. From the first answer on the time
 * counts on by itself: setting the system's clock moves no stamp.
 */
export function createClock(now: (() => number) | undefined, warn: (message: string) => void): Clock {
  const system = () => Date.now()
  const elapsed = () => performance.now()
  let known: { at: number; elapsed: number } | undefined

  function learn(date: string | null, started: number): void {
    // `Date` is cut to whole seconds: on average it is half a second later.
    const server = date === null ? NaN : Date.parse(date) + 500
    if (Number.isNaN(server)) return
    const middle = (started + elapsed()) / 2
    const own = system() - (elapsed() - middle)
    const skew = server - own
    known = { at: Math.abs(skew) < LEAST_SKEW_MS ? own : server, elapsed: middle }
    if (Math.abs(skew) > DAY_MS) warn(`The clock of this machine is ${Math.round(Math.abs(skew) / DAY_MS)} days ${skew > 0 ? 'behind' : 'ahead of'} the server's. Times are corrected; set the clock.`)
  }

  return { now: now ?? (() => (known ? Math.round(known.at + elapsed() - known.elapsed) : system())), system, elapsed, learn }
}
