import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** Base-62 digits of 256 bits, and of the 32 bits of a CRC. */
const SECRET_DIGITS = 43
const CHECK_DIGITS = 6

/**
 * A new secret for programs: a prefix that says what it is, 256 random bits, and a checksum over both, so that a scanner
 * which finds one in a public repository knows it without asking.
 */
export function createCheckedSecret(prefix: string): string {
  const unchecked = prefix + base62(BigInt(`0x${randomBytes(32).toString('hex')}`), SECRET_DIGITS)
  return unchecked + checksum(unchecked)
}

/** Whether a text is written like a secret with a prefix; it may still be unknown. */
export function isCheckedSecret(prefix: string, text: string): boolean {
  if (!text.startsWith(prefix) || !/^[0-9A-Za-z]{49}$/.test(text.slice(prefix.length))) return false
  return checksum(text.slice(0, -CHECK_DIGITS)) === text.slice(-CHECK_DIGITS)
}

function checksum(text: string): string {
  return base62(BigInt(crc32(text)), CHECK_DIGITS)
}

function base62(value: bigint, digits: number): string {
  let text = ''
  for (let rest = value; text.length < digits; rest /= 62n) text = DIGITS.charAt(Number(rest % 62n)) + text
  return text
}
