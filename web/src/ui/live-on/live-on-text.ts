import type { Connections } from '@assay/server/contract'
import { count, plural } from '../format.ts'

type Standing = Pick<Connections, 'connected' | 'upToDate' | 'liveAfterMs'>

/** How far the newest ruleset has come, in words: by acknowledgements of connected SDKs and by nothing else. */
export function liveOnText({ connected, upToDate, liveAfterMs }: Standing): string {
  if (connected === 0) return 'No SDK is connected here'
  if (upToDate < connected) return `Live on ${count(upToDate)} of ${plural(connected, 'connected SDK')}`
  const all = connected === 1 ? 'on the 1 connected SDK' : `on all ${count(connected)} connected SDKs`
  return liveAfterMs === null ? `Live ${all}` : `Live everywhere in ${secondsText(liveAfterMs)}, ${all}`
}

/** `0.8 s`, from ten seconds on without tenths, and never sooner than it was. */
function secondsText(ms: number): string {
  return ms < 9_950 ? `${Math.max(0.1, Math.ceil(ms / 100) / 10).toFixed(1)} s` : `${count(Math.ceil(ms / 1000))} s`
}
