import type { BrowserClient } from '../browser/browser-api.ts'

interface FirstValues {
  promise: Promise<void>
  /** Whether the wait is over, with values or without. */
  isOver: boolean
}

const waits = new WeakMap<BrowserClient, FirstValues>()

/** One wait per client, shared by everything that waits for its first values. */
export function firstValuesOf(client: BrowserClient): FirstValues {
  const known = waits.get(client)
  if (known) return known
  const wait: FirstValues = { isOver: false, promise: client.ready().then(() => { wait.isOver = true }) }
  waits.set(client, wait)
  return wait
}

/** Whether there is nothing yet, and more to come. A server does not wait: its client asks for nothing. */
export function isWaiting(client: BrowserClient): boolean {
  return client.status() === 'defaults' && typeof document === 'object' && !firstValuesOf(client).isOver
}
