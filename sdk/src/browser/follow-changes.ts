import { backoffMs } from './attempts.ts'

/** Address of the stream, empty for none; `epoch:version` of what is held; and how often to ask where there is no stream. */
export type Source = () => [url: string, version: string, pollIntervalMs: number]

/**
 * Says when values may have changed, by stream or else by the clock, until the returned function is called; `etag` is of the
 * configuration that caused it. One tab of those with the same name does it for all; without locks or channels each does.
 */
export function followChanges(name: string, source: Source, onNotice: (etag: string) => void): () => void {
  const { locks } = navigator as Partial<Navigator>
  const channel = locks && new BroadcastChannel(name)
  let isOver = false
  let attempt: AbortController | undefined
  let wake: () => void = () => undefined

  function tellAll(etag: string): void {
    if (isOver) return
    onNotice(etag)
    channel?.postMessage(etag)
  }

  /** Reads notices until the stream ends, breaks or falls silent: milliseconds until it may be opened again, 0 if it did not work. */
  async function read(url: string, version: string): Promise<number> {
    const { signal } = (attempt = new AbortController())
    const abort = () => { attempt?.abort() }
    let silence = setTimeout(abort, 45_000)
    let retryMs = 0
    try {
      const response = await fetch(url, { headers: { 'last-event-id': version }, signal })
      const reader = response.ok ? response.body?.pipeThrough(new TextDecoderStream()).getReader() : undefined
      let text = ''
      for (let part; (part = await reader?.read())?.value; ) {
        clearTimeout(silence)
        silence = setTimeout(abort, 45_000)
        retryMs ||= Math.random() * 10_000
        text += part.value
        const end = text.lastIndexOf('\n') + 1
        // `data: {"type":"refetchEvaluation","etag":"…"}`, or `data: {"retryMs":…}` before the server ends the stream.
        for (const [, etag, ms] of text.slice(0, end).matchAll(/"etag":"(.+?)"|"retryMs":(\d+)/g)) {
          if (etag) tellAll(etag)
          else retryMs = Number(ms)
        }
        text = text.slice(end)
      }
    } catch {
      // It broke, was aborted, or says what this version does not understand.
    }
    clearTimeout(silence)
    abort()
    return retryMs
  }

  async function lead(): Promise<void> {
    for (let failures = 0; !isOver; ) {
      const [url, version, pollIntervalMs] = source()
      const retryMs = url ? await read(url, version) : 0
      failures = retryMs ? 0 : failures + 1
      if (isOver) return
      const ms = retryMs || (url && failures < 5 ? backoffMs(failures) : pollIntervalMs)
      await new Promise<void>((resolve) => { setTimeout((wake = resolve), ms) })
      // Nothing told of changes meanwhile.
      tellAll('')
    }
  }

  if (channel) channel.onmessage = ({ data }) => { onNotice(String(data)) }
  // Locks are forbidden in some frames.
  void (locks ? locks.request(name, lead).catch(lead) : lead())
  return () => {
    isOver = true
    attempt?.abort()
    wake()
    channel?.close()
  }
}
