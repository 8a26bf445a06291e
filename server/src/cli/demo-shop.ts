/** The shop of `npm run demo`: who visits, and what they do under what they are shown. Pure: randomness is an argument. */
export interface Customer {
  id: string
  country: string
  returning: boolean
  device: 'phone' | 'desktop'
  /** Buys for a company. */
  company: boolean
}

/** What the flags decided for a visit. */
export interface Shown {
  expressPay: boolean
  ranking: string
  countdown: boolean
  reviewsBeside: boolean
}

export interface ShopEvent {
  name: 'search' | 'help_opened' | 'checkout_started' | 'order' | 'refund'
  /** Seconds after the visit began. */
  afterSeconds: number
  /** Value of an order in euros, or seconds a search took to the first click. */
  value?: number
}

export type Random = () => number

const COUNTRIES = ['DE', 'DE', 'DE', 'AT', 'CH', 'FR', 'NL', 'US']

/** Customer number `index`; the same index is always the same person. */
export function customer(index: number): Customer {
  const random = seededRandom(index * 7919 + 17)
  return {
    id: `c-${String(index).padStart(5, '0')}`,
    country: pick(COUNTRIES, random()),
    returning: random() < 0.55,
    device: random() < 0.62 ? 'phone' : 'desktop',
    company: random() < 0.06,
  }
}

/** The true effects, which the experiments have to find: express pay sells more; the countdown sells less, sends people to the help pages and is refunded more; reviews beside the price save a question, and sell nothing. */
export function visit(person: Customer, shown: Shown, random: Random): ShopEvent[] {
  const events: ShopEvent[] = []
  const semantic = shown.ranking === 'semantic'
  if (random() < 0.7) events.push({ name: 'search', afterSeconds: 20, value: round(Math.exp(2 + 0.6 * normal(random)) * (semantic ? 0.94 : 1)) })
  if (random() < (shown.countdown ? 0.15 : 0.1) * (shown.reviewsBeside ? 0.8 : 1)) events.push({ name: 'help_opened', afterSeconds: 90 })
  const buys = 0.16 * (person.returning ? 1.3 : 0.8) * (shown.expressPay ? 1.34 : 1) * (semantic ? 1.03 : 1) * (shown.countdown ? 0.6 : 1)
  if (random() < 0.12 + buys * 0.9) {
    events.push({ name: 'checkout_started', afterSeconds: 150 })
    if (random() < buys / (0.12 + buys * 0.9)) {
      events.push({ name: 'order', afterSeconds: 240, value: round(Math.exp(3.6 + 0.5 * normal(random))) })
      if (random() < (shown.countdown ? 0.09 : 0.05)) events.push({ name: 'refund', afterSeconds: 3000 })
    }
  }
  return events
}

/** A small seeded generator (mulberry32): the demo shows the same history every time. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Box-Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

function pick<T>(list: readonly T[], share: number): T {
  return list[Math.floor(share * list.length)] as T
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
