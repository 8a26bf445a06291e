/**
 * Milliseconds until the next attempt: what `Retry-After` says, at most 10 minutes; about 5 minutes after a refusal, which
 * would only be repeated; else anywhere from 0 to 1 s after the first failure, to 30 s after many.
 */
export function pauseMs(response: Response | undefined, failures: number): number {
  const told = toldMs(response)
  if (told > 0) return told + Math.random() * 1000
  return isRefusal(response) ? 300_000 * (0.8 + 0.4 * Math.random()) : Math.random() * Math.min(30_000, 500 * 2 ** failures)
}

/** 0 where nothing was told. */
function toldMs(response: Response | undefined): number {
  return Math.min(600, Number(response?.headers.get('retry-after')) || 0) * 1000
}

/** Whether the same request will not do better soon. */
export function isRefusal(response: Response | undefined): boolean {
  const status = response?.status ?? 0
  return status >= 400 && status < 500 && status !== 408 && status !== 425 && status !== 429
}
