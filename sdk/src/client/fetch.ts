/** The part of the Fetch standard that the client uses. `globalThis.fetch` satisfies it. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>

export interface FetchInit {
  method: 'GET' | 'POST'
  headers: Record<string, string>
  body?: string
  signal: AbortSignal
}

export interface FetchResponse {
  status: number
  headers: { get: (name: string) => string | null }
  text: () => Promise<string>
  body: AsyncIterable<Uint8Array> | null
}
