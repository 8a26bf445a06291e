import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

export type SdkKeyKind = 'server' | 'client'

const PREFIXES: Record<SdkKeyKind, string> = { server: 'srv_', client: 'cli_' }
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** Base-62 digits of 256 bits, and of the 32 bits of a CRC. */
const SECRET_DIGITS = 43
const CHECK_DIGITS = 6
const SHOWN = 8

/**
 * A new SDK key: its kind, 256 random bits, and a checksum over both, so that a scanner which finds one in a public
 * repository knows it for a key without asking.
 */
export function createSdkKey(kind: SdkKeyKind): string {
  const unchecked = PREFIXES[kind] + base62(BigInt(`0x${randomBytes(32).toString('hex')}`), SECRET_DIGITS)
  return unchecked + checksum(unchecked)
}

/** Whether a text is written like an SDK key; it may still be unknown or revoked. */
export function isSdkKey(text: string): boolean {
  if (!/^(srv|cli)_[0-9A-Za-z]{49}$/.test(text)) return false
  return checksum(text.slice(0, -CHECK_DIGITS)) === text.slice(-CHECK_DIGITS)
}

/** The first characters of a key, by which people recognise it: 24 of its 256 bits. */
export function prefixOf(key: string): string {
  return key.slice(0, SHOWN)
}

function checksum(text: string): string {
  return base62(BigInt(crc32(text)), CHECK_DIGITS)
}

function base62(value: bigint, digits: number): string {
  let text = ''
  for (let rest = value; text.length < digits; rest /= 62n) text = DIGITS.charAt(Number(rest % 62n)) + text
  return text
}
