import type { Clock } from './clock.ts'
import type { Settings } from './options.ts'

const EVERY_MS = 10_000
/** A look that comes later than this finds that the process, or the whole machine, did not run. */
const GAP_MS = 60_000

/** Calls back when the process goes on after it was frozen, as containers of functions are: what it holds may be old. */
export function watchForResume({ timers }: Pick<Settings, 'timers'>, clock: Clock, onResume: () => void, signal: AbortSignal): void {
  let last = clock.system()
  let timer = timers.setTimeout(look, EVERY_MS)
  signal.addEventListener('abort', () => { timers.clearTimeout(timer) })

  function look(): void {
    const gap = clock.system() - last - EVERY_MS
    last = clock.system()
    if (signal.aborted) return
    timer = timers.setTimeout(look, EVERY_MS)
    if (gap > GAP_MS) onResume()
  }
}
