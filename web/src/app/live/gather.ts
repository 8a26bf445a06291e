/** How long what belongs together is waited for, and how far apart two rounds are at least. */
export const SETTLE_MS = 80
export const APART_MS = 1_000

/** Gathers what comes in a burst and hands it on once: at once after a quiet time, and at most once a second. */
export function gather<T>(handOn: (gathered: readonly T[]) => void): { add(item: T): void; stop(): void } {
  let waiting: T[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastAt = Number.NEGATIVE_INFINITY

  function flush(): void {
    timer = undefined
    lastAt = performance.now()
    const gathered = waiting
    waiting = []
    handOn(gathered)
  }

  return {
    add(item) {
      waiting.push(item)
      timer ??= setTimeout(flush, Math.max(SETTLE_MS, lastAt + APART_MS - performance.now()))
    },
    stop() {
      clearTimeout(timer)
      waiting = []
    },
  }
}
