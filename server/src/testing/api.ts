import { requestOf, type RouteInput } from '../contract/request.ts'
import type { ErrorBody } from '../contract/errors.ts'
import type { Route, RouteResponse } from '../contract/route.ts'

/** A signed-in person: calls routes with their cookies and gives status and body, whatever they are. */
export interface Api {
  <R extends Route>(route: R, ...input: InputOf<R>): Promise<Answer<R>>
  /** A request the contract does not know, with this person's cookies. */
  fetch(path: string, init?: RequestInit): Promise<Response>
}

/** `body` has the response's type; a test that expects an error reads `error`. */
export interface Answer<R extends Route> {
  status: number
  body: RouteResponse<R>
  error: ErrorBody['error'] | null
  headers: Headers
}

// The input may be left out where every part of it may.
type InputOf<R extends Route> = Record<string, never> extends RouteInput<R> ? [input?: RouteInput<R>] : [input: RouteInput<R>]

/** A caller with an empty cookie jar; `always` are headers that it sends with every request. */
export function createApi(url: string, always: Record<string, string> = {}): Api {
  const jar = new Map<string, string>()

  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers({ ...always, ...Object.fromEntries(new Headers(init.headers)) })
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await fetch(new URL(path, url), { redirect: 'manual', ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';', 1)
      const name = pair.slice(0, pair.indexOf('='))
      const value = pair.slice(pair.indexOf('=') + 1)
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }

  async function api<R extends Route>(route: R, ...[input]: InputOf<R>): Promise<Answer<R>> {
    const { method, path, body } = requestOf(route, (input ?? {}) as RouteInput<R>)
    const response = await send(path, { method, ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }) })
    const text = await response.text()
    const parsed: unknown = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text
    const error = response.ok ? null : (parsed as ErrorBody).error
    return { status: response.status, body: parsed as RouteResponse<R>, error, headers: response.headers }
  }

  return Object.assign(api, { fetch: send })
}
