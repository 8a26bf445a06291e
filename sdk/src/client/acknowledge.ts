import type { Clock } from './clock.ts'
import type { HeldRuleset } from './held-ruleset.ts'
import type { Settings } from './options.ts'
import type { Request } from './request.ts'
import { SDK_NAME } from './sdk-name.ts'
import { uuidv7 } from './uuid.ts'

const JITTER_MS = 300
const EVERY_MS = 60_000

/** Tells the server which ruleset this instance uses: soon after each new one, and every minute. One timer. Returns what says that it ends, if the server was told of it. */
export function acknowledgeRulesets({ timers, random }: Settings, request: Request, clock: Clock, held: HeldRuleset, signal: AbortSignal): (signal: AbortSignal) => Promise<void> {
  const instanceId = uuidv7(clock.system())
  let appliedAt = ''
  let told = false
  let timer: unknown

  function schedule(ms: number): void {
    timers.clearTimeout(timer)
    if (!signal.aborted) timer = timers.setTimeout(() => { void acknowledge() }, ms)
  }

  async function acknowledge(): Promise<void> {
    const ruleset = held.current()?.ruleset
    if (!ruleset || signal.aborted) return
    schedule(EVERY_MS)
    const { epoch, version } = ruleset
    told = true
    // A lost acknowledgement is made up for by the next one.
    await request('/sdk/v1/seen', { body: JSON.stringify({ instanceId, sdk: SDK_NAME, epoch, version, appliedAt }), signal })
  }

  async function leave(until: AbortSignal): Promise<void> {
    const ruleset = held.current()?.ruleset
    if (!ruleset || !told) return
    const { epoch, version } = ruleset
    await request('/sdk/v1/seen', { body: JSON.stringify({ instanceId, sdk: SDK_NAME, epoch, version, appliedAt, leaving: true }), signal: until })
  }

  function applied(): void {
    appliedAt = new Date(clock.system()).toISOString()
    schedule(random() * JITTER_MS)
  }

  held.onUpdate(applied)
  // A kept ruleset may be the server's newest: then no update comes.
  if (held.current()) applied()
  signal.addEventListener('abort', () => { timers.clearTimeout(timer) })
  return leave
}
