import { useCallback, useSyncExternalStore } from 'react'
import type { Status } from '../client/client-api.ts'
import { firstValuesOf, isWaiting } from './first-values.ts'
import { useClient } from './provider.ts'

/** `loading`: no values yet. `ready`: there are values, new or kept. `error`: there are none, and fallbacks are served. */
export type FlagsState = 'loading' | 'ready' | 'error'

export interface FlagsStatus {
  state: FlagsState
  /** `stale` in the state `ready`: the values are kept ones, or contact is lost. */
  status: Status
  /** Why Assay's last answer could not be used. */
  problem: string | undefined
}

/** Whether there are values. Renders again when that changes. */
export function useFlagsStatus(): FlagsStatus {
  const client = useClient()
  const subscribe = useCallback((listener: () => void) => {
    if (client) void firstValuesOf(client).promise.then(listener)
    return client?.onStatus(listener) ?? (() => undefined)
  }, [client])
  const snapshot = () => {
    const status = client?.status() ?? 'closed'
    const state: FlagsState = client && isWaiting(client) ? 'loading' : status === 'ready' || status === 'stale' ? 'ready' : 'error'
    return `${state}:${status}` as const
  }
  const [state, status] = useSyncExternalStore(subscribe, snapshot, snapshot).split(':') as [FlagsState, Status]
  return { state, status, problem: client?.problem() }
}
