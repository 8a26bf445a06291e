import { type Customer, customer, type Random, seededRandom } from './demo-shop.ts'

/** One visit of the past: who came, when, and the randomness that decides what they do, whatever they are shown. */
export interface PastVisit {
  person: Customer
  at: Date
  random: Random
}

export interface Traffic {
  /** People who may visit. */
  customers: number
  visitsPerDay: number
}

export const DAY_MS = 24 * 3_600_000

/** The visits of day `day`, in order of time: 0 is the day that begins at `start`. The same day is always the same. */
export function visitsOfDay(start: Date, day: number, { customers, visitsPerDay }: Traffic): PastVisit[] {
  const random = seededRandom(day * 104_729 + 11)
  return Array.from({ length: visitsPerDay }, (_, visit) => ({
    person: customer(Math.floor(random() * customers)),
    at: new Date(start.getTime() + day * DAY_MS + Math.floor(timeOfDay(random) * DAY_MS)),
    random: seededRandom(day * 1_000_003 + visit),
  })).sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** Few at night, most in the evening: the later of two times, for two thirds of the visits. */
function timeOfDay(random: Random): number {
  const time = random()
  const other = random()
  return random() < 2 / 3 ? Math.max(time, other) : time
}

/** Midnight (UTC) so many days before `now`. */
export function startOfHistory(now: Date, days: number): Date {
  return new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS - days * DAY_MS)
}
