const FIRST_MS = 1000
const LONGEST_MS = 30_000
const SLOW_MS = 300_000
const LONGEST_TOLD_MS = 600_000

/** Exponential backoff with full jitter: anywhere from 0 to 1 s after the first failure, to 30 s after many. */
export function backoffMs(failures: number, random: () => number): number {
  return random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10))
}

/** Between attempts that are refused rather than failing, such as with a revoked key: about 5 minutes, never stopping for good. */
export function slowMs(random: () => number): number {
  return SLOW_MS * (0.8 + 0.4 * random())
}

/** Whether a status says that the same request will not do better soon. */
export function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 425 && status !== 429
}

/** `Retry-After` in milliseconds, as seconds or as a date, at most 10 minutes; undefined if there is none. */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (header === null || header.trim() === '') return undefined
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - nowMs
  return Number.isFinite(ms) ? Math.min(LONGEST_TOLD_MS, Math.max(0, ms)) : undefined
}
