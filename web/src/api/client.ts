import { errorStatus, requestOf, routes, type ErrorBody, type ErrorCode, type Route, type RouteInput, type RouteResponse } from '@assay/server/contract'

/** What the server refused, in its own words; `offline` where it did not answer at all. */
export class ApiError extends Error {
  readonly code: ErrorCode | 'offline'
  readonly status: number
  readonly details: unknown

  constructor(code: ErrorCode | 'offline', status: number, message: string, details?: unknown) {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.status = status
    this.details = details
  }
}

/** Calls a route of the contract. An expired session is renewed once, without the page noticing. */
export async function call<R extends Route>(route: R, input: RouteInput<R>, signal?: AbortSignal): Promise<RouteResponse<R>> {
  try {
    return await send(route, input, signal)
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401 || route.access === 'public') throw error
    await renewSession()
    return send(route, input, signal)
  }
}

let renewal: Promise<unknown> | undefined

/** One renewal at a time: a second one with the same refresh cookie would look like theft. */
async function renewSession(): Promise<void> {
  renewal ??= send(routes.refreshSession, {}).finally(() => { renewal = undefined })
  await renewal
}

async function send<R extends Route>(route: R, input: RouteInput<R>, signal?: AbortSignal): Promise<RouteResponse<R>> {
  const { method, path, body } = requestOf(route, input)
  const response = await fetch(path, { method, ...(signal === undefined ? {} : { signal }), ...(body === undefined ? {} : { body, headers: { 'Content-Type': 'application/json' } }) }).catch(() => {
    throw new ApiError('offline', 0, 'The server did not answer. Nothing was changed.')
  })
  const text = await response.text()
  if (!response.ok) throw failureOf(response.status, text)
  // The server validates responses against the same contract.
  return (text === '' ? undefined : JSON.parse(text)) as RouteResponse<R>
}

function failureOf(status: number, text: string): ApiError {
  try {
    const { error } = JSON.parse(text) as ErrorBody
    if (error.code in errorStatus) return new ApiError(error.code, status, error.message, error.details)
  } catch {
    // A proxy's own page, say.
  }
  return new ApiError('internal', status, `The server answered ${status}.`)
}
