import type { Clock } from './clock.ts'
import type { Settings } from './options.ts'
import { textOf } from './text-of.ts'

const TIMEOUT_MS = 10_000

/** An answer, or a failure to get one: `status` 0 with the reason. */
export interface Answer {
  status: number
  header: (name: string) => string | null
  text: string
}

export type Request = (path: string, init?: { body?: string; headers?: Record<string, string>; signal?: AbortSignal }) => Promise<Answer>

/** Asks the server and reads the whole answer within 10 s. Never rejects. POST if there is a body. */
export function createRequest({ url, fetch, timers, ...settings }: Settings, clock: Clock): Request {
  return async (path, { body, headers = {}, signal } = {}) => {
    const attempt = new AbortController()
    const abort = () => { attempt.abort() }
    const timer = timers.setTimeout(() => { attempt.abort(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)) }, TIMEOUT_MS)
    signal?.addEventListener('abort', abort)
    if (signal?.aborted) abort()
    try {
      const started = clock.elapsed()
      const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
      const init = { method: body === undefined ? 'GET' as const : 'POST' as const, headers: { ...headersOf(settings), ...json, ...headers }, signal: attempt.signal, ...(body === undefined ? {} : { body }) }
      const response = await orAbort(fetch(`${url}${path}`, init), attempt.signal)
      clock.learn(response.headers.get('date'), started)
      return { status: response.status, header: (name) => response.headers.get(name), text: await orAbort(response.text(), attempt.signal) }
    } catch (error) {
      return { status: 0, header: () => null, text: textOf(error) }
    } finally {
      timers.clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    }
  }
}

export function headersOf({ key }: Pick<Settings, 'key'>): Record<string, string> {
  return { authorization: `Bearer ${key}` }
}

/** Some implementations of fetch settle late, or never, after an abort. */
export function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => { reject(signal.reason) }
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => { signal.removeEventListener('abort', abort) })
  })
}

/** What a refusal says, for a person. */
export function reasonOf({ status, text }: Pick<Answer, 'status' | 'text'>): string {
  if (status === 0) return text
  try {
    const { error } = JSON.parse(text) as { error?: { message?: unknown } }
    if (typeof error?.message === 'string') return `${status}: ${error.message}`
  } catch {
    // Not every proxy answers in JSON.
  }
  return `status ${status}`
}
