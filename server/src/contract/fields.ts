import * as z from 'zod/mini'
import { findKey } from './find-key.ts'

/** Names that code in many languages takes for its own machinery: a value kept under one of them is lost or does harm. */
const RESERVED = ['__proto__', 'constructor', 'prototype']
export function isReservedName(name: string): boolean {
  return RESERVED.includes(name)
}
const notReserved = z.regex(new RegExp(`^(?!(?:${RESERVED.join('|')})$)`), 'Choose another name: __proto__, constructor and prototype are taken by programming languages.')

/** Keys of flags: `[A-Za-z0-9._-]{1,200}`, also valid raw in a URL path. */
export const flagKey = z.string().check(z.regex(/^[A-Za-z0-9._-]{1,200}$/, 'Use 1 to 200 letters, digits, dots, dashes or underscores.'), z.regex(/[^.]/, 'A key of dots alone is no name: an address drops it. Use a letter or a digit as well.'), notReserved)
/** Keys of everything else people name in URLs. */
export const slug = z.string().check(z.regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, 'Use 1 to 100 lower-case letters, digits, dots, dashes or underscores, starting with a letter or digit.'))
export const variantKey = z.string().check(z.regex(/^[A-Za-z0-9._-]{1,100}$/, 'Use 1 to 100 letters, digits, dots, dashes or underscores.'), notReserved)
export const title = z.string().check(z.trim(), z.minLength(1, 'Give it a name.'), z.maxLength(200, 'Keep it under 200 characters.'))
export const text = z.string().check(z.trim(), z.maxLength(4000, 'Keep it under 4,000 characters.'))
export const reason = z.string().check(z.trim(), z.maxLength(1000, 'Keep it under 1,000 characters.'))
/** Where a change is not done without one. */
export const givenReason = reason.check(z.minLength(1, 'Say why.'))
export const email = z.string().check(z.trim(), z.maxLength(254), z.regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'Give an e-mail address.'))
/** Length bounds follow ASVS 5.0 V6.2: at least 12 here, no composition rules. */
export const password = z.string().check(z.minLength(12, 'Use at least 12 characters.'), z.maxLength(256, 'Use at most 256 characters.'))
export const revision = z.int().check(z.gte(0))
/** ISO 8601 instant in UTC. */
export const instant = z.iso.datetime()
/** An instant as people write it: in UTC or with the offset of their clock. */
export const typedInstant = z.iso.datetime({ offset: true, error: 'Give a time with its offset, such as 2027-03-31T09:00:00Z or 2027-03-31T11:00:00+02:00.' })
const outOfShare = 'Use a share from 0% to 100%.'
export const share = z.number(outOfShare).check(z.gte(0, outOfShare), z.lte(1, outOfShare))
/** A share or a place, of 100,000 buckets. */
export const buckets = z.int().check(z.gte(0), z.lte(100_000))
export const json = z.json()
/** The value of a variant. */
export const flagValue = json.check(z.refine((value) => findKey(value, isReservedName) === null, 'A part of the value is named __proto__, constructor or prototype: choose another name, or it is lost on its way.'))

/** Labels people group flags by. */
export const tag = z.string().check(z.trim(), z.regex(/^[a-z0-9][a-z0-9 ._:-]{0,49}$/, 'Use 1 to 50 lower-case letters, digits, spaces, dots, colons, dashes or underscores.'))
/** IANA time zone, such as `Europe/Berlin`. */
export const timeZone = z.string().check(z.minLength(1), z.maxLength(100))
/** Where something is sent to. */
export const httpUrl = z.string().check(z.trim(), z.maxLength(1000), z.refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), 'Give an http:// or https:// address.'), z.refine((value) => !URL.canParse(value) || new URL(value).username + new URL(value).password === '', 'Leave name and password out of the address: they would be kept in plain text.'))
