import { pauseMs } from './pause-ms.ts'
import { readStream } from './values-stream.ts'

const FAILURES_UNTIL_POLLING = 5

export interface FollowOptions {
  /** The same for all tabs of an environment: one of them reads the stream and tells the others. */
  name: string
  streams: boolean
  pollIntervalMs: number
  /** Address of the stream, once an answer has named it, and what it is asked from. */
  stream: () => { url: string; version: string }
  /** Values are to be asked for again; `etag` is of the configuration that caused it. */
  onNotice: (etag: string) => void
}

/**
 * Says when values may have changed, by stream or else by the clock, until `signal` aborts. One tab does it for all that
 * are open; a browser without locks or channels does it in each.
 */
export function followChanges({ name, streams, pollIntervalMs, stream, onNotice }: FollowOptions, signal: AbortSignal): void {
  const locks = typeof navigator === 'object' && typeof BroadcastChannel === 'function' ? (navigator as Partial<Navigator>).locks : undefined
  const channel = locks && new BroadcastChannel(name)
  if (channel) channel.onmessage = ({ data }) => { onNotice(String(data)) }
  signal.addEventListener('abort', () => { channel?.close() })

  function tellAll(etag: string): void {
    onNotice(etag)
    if (!signal.aborted) channel?.postMessage(etag)
  }

  async function lead(): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      const { url, version } = stream()
      // Where streams do not get through, every fifth round tries again.
      const isTried = streams && url !== '' && (failures < FAILURES_UNTIL_POLLING || failures % FAILURES_UNTIL_POLLING === 0)
      const retryMs = isTried ? await readStream({ url, version, onNotice: tellAll, signal }) : undefined
      failures = retryMs === undefined ? failures + 1 : 0
      await pause(retryMs ?? (isTried && failures < FAILURES_UNTIL_POLLING ? pauseMs(undefined, failures) : pollIntervalMs))
      // Nothing told of changes meanwhile.
      if (!signal.aborted) tellAll('')
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, ms)
      signal.addEventListener('abort', end)
      if (signal.aborted) end()
    })
  }

  if (locks) locks.request(name, { signal }, lead).catch(() => undefined)
  else void lead()
}
