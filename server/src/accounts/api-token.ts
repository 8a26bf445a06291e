import { createCheckedSecret, isCheckedSecret } from './checked-secret.ts'

const PREFIX = 'assay_pat_'
const SHOWN = PREFIX.length + 4
const DAY_MS = 24 * 60 * 60_000
/** With a day for clocks and leap years. */
const LONGEST_MS = 367 * DAY_MS

/** The value of a new API token. */
export function createApiTokenValue(): string {
  return createCheckedSecret(PREFIX)
}

/** Whether a text is written like an API token; it may still be unknown, revoked or expired. */
export function isApiToken(text: string): boolean {
  return isCheckedSecret(PREFIX, text)
}

/** The first characters of a token, by which people recognise it: 24 of its 256 bits. */
export function prefixOfToken(value: string): string {
  return value.slice(0, SHOWN)
}

/** The API token of an `Authorization` header; null for what claims to be none, such as a proxy's own credentials. */
export function tokenIn(authorization: string | undefined): string | null {
  const [, value] = /^bearer +(\S+) *$/i.exec(authorization ?? '') ?? []
  return value?.startsWith(PREFIX) === true ? value : null
}

/** What is wrong with the end of a new token; null where nothing is. */
export function expiryIssue(expiresAt: Date, now: Date): string | null {
  if (expiresAt <= now) return 'Choose a time that is still to come.'
  return expiresAt.getTime() - now.getTime() > LONGEST_MS ? 'Choose a time within a year from now: a token that nobody renews should end.' : null
}
