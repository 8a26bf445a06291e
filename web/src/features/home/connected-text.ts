import type { Connections } from '@assay/server/contract'
import { count } from '../../ui/format.ts'

/** `4 of 4 up to date`, or that there is none. */
export function connectedText({ connected, upToDate }: Pick<Connections, 'connected' | 'upToDate'>): string {
  return connected === 0 ? 'None' : `${count(upToDate)} of ${count(connected)} up to date`
}
