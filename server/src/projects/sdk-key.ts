import { createCheckedSecret, isCheckedSecret } from '../accounts/checked-secret.ts'

export type SdkKeyKind = 'server' | 'client'

const PREFIXES: Record<SdkKeyKind, string> = { server: 'srv_', client: 'cli_' }
const SHOWN = 8

/** A new SDK key, which says its kind. */
export function createSdkKey(kind: SdkKeyKind): string {
  return createCheckedSecret(PREFIXES[kind])
}

/** Whether a text is written like an SDK key; it may still be unknown or revoked. */
export function isSdkKey(text: string): boolean {
  return Object.values(PREFIXES).some((prefix) => isCheckedSecret(prefix, text))
}

/** The first characters of a key, by which people recognise it: 24 of its 256 bits. */
export function prefixOf(key: string): string {
  return key.slice(0, SHOWN)
}
