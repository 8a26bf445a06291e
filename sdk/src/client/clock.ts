/** Below this, the difference may be the way of the answer and the whole seconds of its `Date`. */
const LEAST_SKEW_MS = 2000

/** The time for stamps, in milliseconds since 1970. */
export interface Clock {
  now: () => number
  /** The system's own time. */
  system: () => number
  /** Corrects the clock by the `Date` of an answer to a request that began at `started`. */
  learn: (date: string | null, started: number) => void
}

/** The caller's clock, used as it is, or else the system's, corrected by the server's. */
export function createClock(now: (() => number) | undefined): Clock {
  let skewMs = 0
  const system = () => Date.now()
  return {
    now: now ?? (() => system() + skewMs),
    system,
    learn(date, started) {
      const server = date === null ? NaN : Date.parse(date)
      if (Number.isNaN(server)) return
      // `Date` is cut to whole seconds: on average it is half a second later.
      const difference = server + 500 - (started + system()) / 2
      skewMs = Math.abs(difference) < LEAST_SKEW_MS ? 0 : Math.round(difference)
    },
  }
}
