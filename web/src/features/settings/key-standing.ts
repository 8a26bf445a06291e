import type { SdkKey } from '@assay/server/contract'

const HOUR_MS = 3_600_000

export type KeyStanding =
  | { kind: 'works' }
  /** Rotated, and still working beside the key that replaces it. */
  | { kind: 'leaving'; by: string; stopsAt: string; warning: string | null }
  | { kind: 'ended'; at: string; by: string | null }

/** How a key stands at a time; that its services must move is said in its last quarter. */
export function keyStanding({ revokedAt, replacedBy, stopsAt, lastUsedAt, lastUsedBy }: SdkKey, now: Date): KeyStanding {
  const at = revokedAt ?? (stopsAt !== null && new Date(stopsAt) <= now ? stopsAt : null)
  if (at !== null) return { kind: 'ended', at, by: replacedBy?.prefix ?? null }
  if (replacedBy === null || stopsAt === null) return { kind: 'works' }
  const end = new Date(stopsAt).getTime()
  const overlap = end - new Date(replacedBy.createdAt).getTime()
  const isNear = end - now.getTime() <= overlap / 4
  const isUsed = lastUsedAt !== null && lastUsedAt > replacedBy.createdAt && now.getTime() - new Date(lastUsedAt).getTime() < HOUR_MS
  const warning = isNear && isUsed ? `Still used${lastUsedBy === null ? '' : ` by ${lastUsedBy}`}: deploy ${replacedBy.prefix}… there, or let this key stop later.` : null
  return { kind: 'leaving', by: replacedBy.prefix, stopsAt, warning }
}

const steps = [
  { ms: 24 * HOUR_MS, from: 48 * HOUR_MS, words: 'days' },
  { ms: HOUR_MS, from: HOUR_MS, words: 'h' },
  { ms: 60_000, from: 60_000, words: 'min' },
] as const

/** `in 23 h`, `in 6 days`, `in less than a minute`: rounded down, so that nobody counts on time that is not there. */
export function timeLeft(until: string, now: Date): string {
  const left = new Date(until).getTime() - now.getTime()
  const step = steps.find(({ from }) => left >= from)
  return step ? `in ${Math.floor(left / step.ms)} ${step.words}` : 'in less than a minute'
}

/** Later by so many hours than it would stop. */
export function laterBy(stopsAt: string, hours: number): string {
  return new Date(new Date(stopsAt).getTime() + hours * HOUR_MS).toISOString()
}
