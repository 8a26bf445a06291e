import { errorStatus, requestOf, routes, type ErrorBody, type ErrorCode, type Route, type RouteInput, type RouteResponse } from '@assay/server/contract'
import { passwordGiven } from './password-asked.ts'

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

/** Calls a route of the contract. An expired session is renewed once, without the page noticing; where the password must be given again it is asked for. */
export async function call<R extends Route>(route: R, input: RouteInput<R>, signal?: AbortSignal): Promise<RouteResponse<R>> {
  const tried = new Set<unknown>()
  for (;;) {
    try {
      return await send(route, input, signal)
    } catch (error) {
      const wayOn = route.access === 'public' ? null : wayOnFrom(error)
      if (wayOn === null || tried.has(wayOn)) throw error
      tried.add(wayOn)
      if (!(await wayOn())) throw error
    }
  }
}

/** What may make a refused request go through when it is sent again. */
function wayOnFrom(error: unknown): (() => Promise<boolean>) | null {
  if (!(error instanceof ApiError)) return null
  if (error.code === 'reauthentication_required') return passwordGiven
  return error.status === 401 ? renewSession : null
}

let renewal: Promise<unknown> | undefined

/** One renewal at a time: a second one with the same refresh cookie would look like theft. */
async function renewSession(): Promise<true> {
  renewal ??= send(routes.refreshSession, {}).finally(() => { renewal = undefined })
  await renewal
  return true
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
