import { murmur3After } from './hash.ts'

/** The number of buckets: weights, coverage and ranges are all counted in these. */
export const BUCKETS = 100_000

/** The bucket of a unit, in [0, 100_000): the upper bits of the hash decide, without a modulo. */
export function bucketOf(salt: string, unit: string): number {
  return bucketsOf(salt)(unit)
}

/** `bucketOf` for many units of one salt. */
export function bucketsOf(salt: string): (unit: string) => number {
  const hash = murmur3After(`${salt}.`)
  // As a 32-bit integer, which is the floor of what is not negative.
  return (unit) => ((hash(unit) * BUCKETS) / 4_294_967_296) | 0
}
