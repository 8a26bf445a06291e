type Attempts = [
  /** Runs at the latest after `ms`, unless it must wait longer. */
  within: (ms: number) => void,
  /** Whether Assay said when to come back, or refused: no wish is granted sooner. */
  mustWait: () => boolean,
  succeeded: () => void,
  /** Plans the next attempt. Gives whether Assay refused: the same request will not do better soon. */
  failed: (response: Response | undefined) => boolean,
]

/** Anywhere from 0 to 1 s after the first failure, to 30 s after many. */
export function backoffMs(failures: number): number {
  return Math.random() * Math.min(30_000, 500 * 2 ** failures)
}

/**
 * When to run next: one timer, of which the earliest wish wins. After a failure it waits what `Retry-After` says, at most
 * 10 minutes, or 5 minutes after a refusal, and up to a tenth more by chance; else it backs off.
 */
export function createAttempts(run: () => unknown): Attempts {
  let timer: ReturnType<typeof setTimeout> | undefined
  let [dueAt, notBefore, failures] = [0, 0, 0]

  function within(ms: number): void {
    const now = Date.now()
    const due = Math.max(now + ms, notBefore)
    if (timer && dueAt <= due) return
    clearTimeout(timer)
    dueAt = due
    timer = setTimeout(() => {
      timer = undefined
      run()
    }, due - now)
  }

  return [
    within,
    () => notBefore > Date.now(),
    () => { failures = notBefore = 0 },
    (response) => {
      const isRefusal = /^4(?!08|25|29)/.test(String(response?.status))
      const told = Math.min(600, Number(response?.headers.get('retry-after')))
      const ms = (told > 0 ? told : isRefusal ? 300 : 0) * 1000 * (1 + Math.random() / 10)
      if (ms) notBefore = Date.now() + ms
      within(ms || backoffMs(++failures))
      return isRefusal
    },
  ]
}
