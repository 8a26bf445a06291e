import { useSyncExternalStore } from 'react'

/** Tells the requests that wait whether the password was given. */
type Settle = (given: boolean) => void

let waiting: { answer: Promise<boolean>; settle: Settle } | null = null
const askers = new Set<() => void>()

/** Whether the person signed in gives their password again. All requests that need it wait for one answer; where nobody can be asked it is no. */
export function passwordGiven(): Promise<boolean> {
  if (askers.size === 0) return Promise.resolve(false)
  if (waiting === null) {
    let resolve: Settle = () => undefined
    const answer = new Promise<boolean>((settle) => { resolve = settle })
    waiting = { answer, settle: (given) => { waiting = null; tell(); resolve(given) } }
    tell()
    return answer
  }
  return waiting.answer
}

function tell(): void {
  for (const asker of askers) asker()
}

function subscribe(asker: () => void): () => void {
  askers.add(asker)
  return () => {
    askers.delete(asker)
    // Whoever waits must not wait for ever.
    if (askers.size === 0) waiting?.settle(false)
  }
}

/** How to answer, while something waits for the password; null otherwise. */
export function usePasswordAsked(): Settle | null {
  return useSyncExternalStore(subscribe, () => waiting?.settle ?? null)
}
