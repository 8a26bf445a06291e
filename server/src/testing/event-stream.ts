import { vi } from 'vitest'

export interface StreamEvent {
  event: string
  id: string | null
  data: string
}

export interface EventStream {
  status: number
  headers: Headers
  /** Events received so far. */
  events: StreamEvent[]
  comments: string[]
  /** Whether the server ended the stream. */
  ended(): boolean
  /** Waits until so many events have arrived. */
  received(count: number): Promise<StreamEvent[]>
  close(): void
}

/** Reads server-sent events as a client does. */
export async function openEventStream(url: URL, headers: Record<string, string>): Promise<EventStream> {
  return readEventStream((signal) => fetch(url, { headers, signal }))
}

/** Reads the events of an answer. */
export async function readEventStream(ask: (signal: AbortSignal) => Promise<Response>): Promise<EventStream> {
  const abort = new AbortController()
  const response = await ask(abort.signal)
  const events: StreamEvent[] = []
  const comments: string[] = []
  let ended = false
  void read(response, events, comments).catch(() => undefined).finally(() => { ended = true })
  return {
    status: response.status,
    headers: response.headers,
    events,
    comments,
    ended: () => ended,
    async received(count) {
      await vi.waitFor(() => { if (events.length < count) throw new Error(`${events.length} of ${count} events have arrived`) }, { timeout: 20_000, interval: 10 })
      return events
    },
    close: () => { abort.abort() },
  }
}

async function read(response: Response, events: StreamEvent[], comments: string[]): Promise<void> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) parse(block, events, comments)
  }
}

function parse(block: string, events: StreamEvent[], comments: string[]): void {
  const fields = block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart()] as const)
  for (const [name, value] of fields) if (name === '') comments.push(value)
  const data = fields.filter(([name]) => name === 'data').map(([, value]) => value)
  if (data.length === 0) return
  const field = (wanted: string) => fields.find(([name]) => name === wanted)?.[1]
  events.push({ event: field('event') ?? 'message', id: field('id') ?? null, data: data.join('\n') })
}
