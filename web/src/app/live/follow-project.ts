import type { LiveAcknowledged, LiveChanges } from '@assay/server/contract'

/** What is shown of the stream's state. */
export type FeedState =
  | { kind: 'live' }
  /** Nothing came since then. */
  | { kind: 'paused'; since: Date }
  /** It will not come back by itself: the person is signed out, say. */
  | { kind: 'ended'; why: string }

export interface Feed {
  changed(changes: LiveChanges): void
  acknowledged(standing: LiveAcknowledged): void
  /** Anything may have changed. */
  unsure(): void
  state(state: FeedState): void
}

export interface Surroundings {
  /** Opens the stream, from the event after that one where one is given. */
  open(after: string | null): EventSource
  /** Whether it is worth trying again, which renews an expired session: `again`, or why not. */
  probe(): Promise<'again' | 'away' | { ended: string }>
  isHidden(): boolean
}

/** The server says something every 15 seconds. */
export const SILENT_MS = 45_000
/** A stream that is back sooner is no news. */
export const GRACE_MS = 3_000
const FIRST_RETRY_MS = 1_000
export const LAST_RETRY_MS = 30_000

/**
 * Follows a project for as long as its page is looked at: a hidden page lets go of the stream, as browsers allow six at a time, and
 * catches up when it is seen again. What was missed while the stream was away comes from the server; after a pause that was said, all is asked for anew.
 */
export function followProject(feed: Feed, { open, probe, isHidden }: Surroundings): { seen(): void; stop(): void } {
  let source: EventSource | null = null
  let after: string | null = null
  let downSince: Date | null = null
  let paused = false
  let tries = 0
  let stopped = false
  let retry: ReturnType<typeof setTimeout> | undefined
  let grace: ReturnType<typeof setTimeout> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined

  function connect(): void {
    if (stopped || isHidden() || source) return
    const own = open(after)
    source = own
    const on = (name: string, heard: (event: MessageEvent<string>) => void) => {
      own.addEventListener(name, (event: MessageEvent<string>) => {
        if (source !== own) return
        alive()
        heard(event)
      })
    }
    on('changed', ({ data, lastEventId }) => {
      if (lastEventId !== '') after = lastEventId
      feed.changed(JSON.parse(data) as LiveChanges)
    })
    on('acknowledged', ({ data }) => { feed.acknowledged(JSON.parse(data) as LiveAcknowledged) })
    on('heartbeat', () => undefined)
    on('reconnect', ({ data }) => {
      letGo()
      retry = setTimeout(connect, (JSON.parse(data) as { retryMs: number }).retryMs)
    })
    own.addEventListener('error', () => { if (source === own) lost() })
    listen()
  }

  function listen(): void {
    clearTimeout(silence)
    const heardAt = new Date()
    silence = setTimeout(() => { lost(heardAt) }, SILENT_MS)
  }

  function alive(): void {
    listen()
    clearTimeout(grace)
    const wasPaused = paused
    downSince = null
    paused = false
    tries = 0
    if (!wasPaused) return
    feed.state({ kind: 'live' })
    feed.unsure()
  }

  function letGo(): void {
    clearTimeout(silence)
    clearTimeout(retry)
    source?.close()
    source = null
  }

  /** What is shown is as old as what was heard last. */
  function lost(at = new Date()): void {
    letGo()
    const since = downSince ?? at
    if (downSince === null) {
      downSince = since
      grace = setTimeout(() => {
        paused = true
        feed.state({ kind: 'paused', since })
      }, GRACE_MS)
    }
    retry = setTimeout(() => { void tryAgain() }, Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** tries))
    tries += 1
  }

  async function tryAgain(): Promise<void> {
    const found = await probe()
    if (stopped || source) return
    if (typeof found === 'object') {
      clearTimeout(grace)
      feed.state({ kind: 'ended', why: found.ended })
      return
    }
    if (found === 'away') lost()
    else {
      // Where streams do not get through, the pages ask by themselves.
      if (paused) feed.unsure()
      connect()
    }
  }

  connect()
  return {
    /** The page was hidden, or is looked at again. */
    seen() {
      if (stopped) return
      if (isHidden()) {
        letGo()
        return
      }
      if (source) return
      clearTimeout(retry)
      if (downSince === null) connect()
      else void tryAgain()
    },
    stop() {
      stopped = true
      letGo()
      clearTimeout(grace)
    },
  }
}
