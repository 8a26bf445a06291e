/** The browser's EventSource over `fetch`, as far as OpenFeature's web provider uses it. */
export class TestEventSource extends EventTarget {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSED = 2
  readonly url: string
  readyState = 0
  #retryMs = 100
  #lastId = ''
  readonly #abort = new AbortController()

  constructor(url: string) {
    super()
    this.url = url
    void this.#connect()
  }

  close(): void {
    this.readyState = TestEventSource.CLOSED
    this.#abort.abort()
  }

  async #connect(): Promise<void> {
    while (this.readyState !== TestEventSource.CLOSED) {
      try {
        const response = await fetch(this.url, { headers: { accept: 'text/event-stream', ...(this.#lastId === '' ? {} : { 'last-event-id': this.#lastId }) }, signal: this.#abort.signal })
        // Anything but a stream closes it for good, as browsers do.
        if (response.status !== 200) this.close()
        else await this.#read(response)
      } catch {
        // The connection broke: it is tried again.
      }
      if (this.readyState === TestEventSource.OPEN) this.readyState = TestEventSource.CONNECTING
      this.dispatchEvent(new Event('error'))
      await new Promise((resolve) => setTimeout(resolve, this.#retryMs))
    }
  }

  async #read(response: Response): Promise<void> {
    this.readyState = TestEventSource.OPEN
    this.dispatchEvent(new Event('open'))
    const decoder = new TextDecoder()
    let text = ''
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) this.#receive(block)
    }
  }

  #receive(block: string): void {
    const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]))
    this.#lastId = fields.get('id') ?? this.#lastId
    this.#retryMs = Number(fields.get('retry') ?? this.#retryMs)
    const data = fields.get('data')
    if (data !== undefined) this.dispatchEvent(new MessageEvent(fields.get('event') ?? 'message', { data, lastEventId: this.#lastId }))
  }
}
