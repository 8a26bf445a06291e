const SILENT_MS = 45_000

/** What a stream of notices is read with. */
export interface StreamReader {
  url: string
  /** `epoch:version` of the values that are held: the server says at once if it has others. */
  version: string
  /** The values may have changed; `etag` names the configuration that they come from now. */
  onNotice: (etag: string) => void
  signal: AbortSignal
}

/** Reads notices until the stream ends, breaks or falls silent. Resolves with the milliseconds until it may be opened again; undefined if it did not work. Never rejects. */
export async function readStream({ url, version, onNotice, signal }: StreamReader): Promise<number | undefined> {
  const attempt = new AbortController()
  const abort = () => { attempt.abort() }
  signal.addEventListener('abort', abort)
  let silence = setTimeout(abort, SILENT_MS)
  let retryMs: number | undefined
  try {
    const response = await fetch(url, { headers: { accept: 'text/event-stream', ...(version ? { 'last-event-id': version } : {}) }, signal: attempt.signal })
    const reader = response.ok ? response.body?.getReader() : undefined
    const decoder = new TextDecoder()
    let rest = ''
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      clearTimeout(silence)
      silence = setTimeout(abort, SILENT_MS)
      retryMs ??= Math.random() * 10_000
      const lines = (rest + decoder.decode(part.value, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (!line.startsWith('data:')) continue
        const data = JSON.parse(line.slice(5)) as { type?: string; etag?: string; retryMs?: number }
        if (data.type === 'refetchEvaluation') onNotice(data.etag ?? '')
        retryMs = data.retryMs ?? retryMs
      }
    }
  } catch {
    // It broke, was aborted, or says what this version does not understand.
  }
  clearTimeout(silence)
  signal.removeEventListener('abort', abort)
  attempt.abort()
  return retryMs
}
