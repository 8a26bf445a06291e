import type { ApiToken } from '@assay/server/contract'

const DAY_MS = 24 * 3_600_000
/** How long before its end a token is pointed out. */
const SOON_MS = 14 * DAY_MS

export type TokenStanding = { kind: 'works'; endsSoon: boolean } | { kind: 'expired'; at: string } | { kind: 'revoked'; at: string; by: string }

export function tokenStanding({ expiresAt, revokedAt, revokedBy }: Pick<ApiToken, 'expiresAt' | 'revokedAt' | 'revokedBy'>, now: Date): TokenStanding {
  if (revokedAt !== null) return { kind: 'revoked', at: revokedAt, by: revokedBy ?? '' }
  const left = new Date(expiresAt).getTime() - now.getTime()
  return left <= 0 ? { kind: 'expired', at: expiresAt } : { kind: 'works', endsSoon: left <= SOON_MS }
}

/** Whether taking a token away stops something: one that was used lately has to be typed. */
export function isInUse({ lastUsedAt }: Pick<ApiToken, 'lastUsedAt'>, now: Date): boolean {
  return lastUsedAt !== null && now.getTime() - new Date(lastUsedAt).getTime() < 30 * DAY_MS
}

export const lifetimes = [
  { days: 7, label: '7 days' },
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
  { days: 365, label: 'A year' },
] as const

/** The instant so many days from now. */
export function endAfter(days: number, now: Date): string {
  return new Date(now.getTime() + days * DAY_MS).toISOString()
}

/** A program's first request. */
export function tokenSnippet(origin: string, project: string, value: string): string {
  return [`curl -H 'authorization: Bearer ${value}' \\`, `  ${origin}/api/v1/projects/${project}/flags`].join('\n')
}
