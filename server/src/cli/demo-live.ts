import { setMaxListeners } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { createClient } from '@assay/sdk'
import { customer, type Random } from './demo-shop.ts'
import { serveVisit } from './demo-visit.ts'

export interface LiveShop {
  /** Ends the visits and resolves once everything is sent. */
  close(): Promise<void>
}

const VISITS_PER_SECOND = 3
/** A visit that takes five minutes is over in five seconds. */
const TIMES_FASTER = 60

/** The shop's service as it runs now: visits come in, and what they are shown follows every change of a flag at once. */
export function openShop(url: string, key: string, random: Random = Math.random): LiveShop {
  const assay = createClient({ url, key, flushIntervalMs: 1000 })
  const closing = new AbortController()
  // Every visit under way waits on it.
  setMaxListeners(Infinity, closing.signal)
  const under = new Set<Promise<void>>()

  async function visits(): Promise<void> {
    await assay.ready()
    while (await sleeps((-Math.log(1 - random()) / VISITS_PER_SECOND) * 1000)) {
      const ongoing: Promise<void> = oneVisit().finally(() => under.delete(ongoing))
      under.add(ongoing)
    }
  }

  async function oneVisit(): Promise<void> {
    const person = customer(numberOf(random, Date.now()))
    let passed = 0
    for (const { name, afterSeconds, value } of serveVisit(assay, person, random)) {
      if (!(await sleeps(((afterSeconds - passed) * 1000) / TIMES_FASTER))) return
      passed = afterSeconds
      assay.track(name, { targetingKey: person.id }, value === undefined ? {} : { value })
    }
  }

  /** False once the shop closes. */
  async function sleeps(ms: number): Promise<boolean> {
    return wait(ms, true, { signal: closing.signal }).catch(() => false)
  }

  const open = visits()
  return {
    async close() {
      closing.abort()
      await open
      await Promise.all(under)
      await assay.close()
    },
  }
}

/** Half of the visits are by people of the history, the others by people who come for the first time. */
function numberOf(random: Random, now: number): number {
  return random() < 0.5 ? Math.floor(random() * 16_000) : 16_000 + (Math.floor(now / 250) % 80_000_000)
}
