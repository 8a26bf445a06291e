import type { Connections } from '@assay/server/contract'
import { count, plural } from '../format.ts'

/** What connected SDKs have, in words. */
export function liveOnText({ connected, upToDate }: Pick<Connections, 'connected' | 'upToDate'>): string {
  if (connected === 0) return 'No SDK is connected here'
  if (upToDate < connected) return `Live on ${count(upToDate)} of ${plural(connected, 'connected SDK')}`
  return connected === 1 ? 'Live on the 1 connected SDK' : `Live on all ${count(connected)} connected SDKs`
}
