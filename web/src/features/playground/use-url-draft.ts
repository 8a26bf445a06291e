import { useState } from 'react'

interface State<Draft> {
  draft: Draft
  /** What the address said last. */
  seen: string
  /** What was sent to the address and has not come back yet. */
  sent: readonly string[]
}

/**
 * What is being typed, kept in the address as well. The address answers late, so what it says is taken over only where it
 * does not come from here: somebody followed a link.
 */
export function useUrlDraft<Draft>(address: string, read: () => Draft, write: (draft: Draft) => string | null): [Draft, (next: Draft) => string | null] {
  const [state, setState] = useState<State<Draft>>(() => ({ draft: read(), seen: address, sent: [] }))
  if (state.seen !== address) {
    const own = state.sent.indexOf(address)
    setState(own < 0 ? { draft: read(), seen: address, sent: [] } : { ...state, seen: address, sent: state.sent.slice(own + 1) })
  }
  const change = (draft: Draft): string | null => {
    const written = write(draft)
    setState((old) => ({ ...old, draft, sent: written === null || written === (old.sent.at(-1) ?? old.seen) ? old.sent : [...old.sent, written] }))
    return written
  }
  return [state.draft, change]
}
