import { useCallback } from 'react'
import type { TrackOptions } from '../client/client-api.ts'
import { useClient } from './provider.ts'

/** A function, the same across renders, that records an event of the visitor. */
export function useTrack(): (event: string, options?: TrackOptions) => void {
  const client = useClient()
  return useCallback((event, options) => { client?.track(event, options) }, [client])
}
