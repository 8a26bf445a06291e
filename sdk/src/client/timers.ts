export interface Timers {
  setTimeout: (run: () => void, ms: number) => unknown
  clearTimeout: (timer: unknown) => void
}

/** Node's timers, which here never keep the process alive. */
export const nodeTimers: Timers = {
  setTimeout: (run, ms) => setTimeout(run, ms).unref(),
  clearTimeout: (timer) => { clearTimeout(timer as NodeJS.Timeout) },
}

/** Resolves after `ms`, or at once when `signal` aborts. */
export function delay(timers: Timers, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve()
      return
    }
    const done = () => {
      timers.clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = timers.setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}

/** Lets everything else have its turn first. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => { setImmediate(resolve) })
}

/** Keeps the process alive while something is awaited that itself does not: an awaited `flush()` must not end the program. */
export async function keepAliveDuring<T>(work: Promise<T>): Promise<T> {
  const timer = setInterval(() => undefined, 60_000)
  try {
    return await work
  } finally {
    clearInterval(timer)
  }
}
