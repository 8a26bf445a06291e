import type { ErrorBody } from '../contract/errors.ts'
import { requestOf, type RouteInput } from '../contract/request.ts'
import type { Route, RouteResponse } from '../contract/route.ts'

export interface ApiClient {
  /** Calls a route with the session of this client; throws an Error with the server's message unless it succeeds. */
  call<R extends Route>(route: R, input: RouteInput<R>): Promise<RouteResponse<R>>
}

/** A client of `/api/v1` that keeps the session's cookies. */
export function createApiClient(url: string): ApiClient {
  const cookies = new Map<string, string>()
  return {
    async call<R extends Route>(route: R, input: RouteInput<R>) {
      const { method, path, body } = requestOf(route, input)
      const response = await fetch(new URL(path, url), {
        method,
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body }),
      })
      for (const line of response.headers.getSetCookie()) {
        const [pair = ''] = line.split(';', 1)
        cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
      }
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${messageOf(text)}`)
      return (text === '' ? undefined : JSON.parse(text)) as RouteResponse<R>
    },
  }
}

function messageOf(text: string): string {
  try {
    const { error } = JSON.parse(text) as ErrorBody
    return `${error.message}${error.details === undefined ? '' : ` ${JSON.stringify(error.details)}`}`
  } catch {
    return text.slice(0, 500)
  }
}
