import type express from 'express'
import type { Logger } from 'pino'
import { type ErrorBody, type ErrorCode, errorStatus } from '../contract/errors.ts'
import { isDatabaseAway } from '../platform/is-database-away.ts'
import { AppError } from './app-error.ts'

/** Seconds a client waits before it tries again, where the error itself does not say. */
export const RETRY_AFTER: Partial<Record<ErrorCode, number>> = { storage_unavailable: 5, shutting_down: 2, read_only: 60, rate_limited: 60 }

/** Writes every error of a request as an `ErrorBody`. What is not expected is logged with its cause and says nothing to the caller. */
export function createErrorHandler(log: Logger): express.ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    const expected = toAppError(error)
    if (!expected) log.error({ err: error, requestId: res.locals['requestId'] as string, method: req.method, path: req.path }, 'A request failed')
    const failure = expected ?? new AppError('internal', `Something went wrong on the server. It is in its log under ${String(res.locals['requestId'])}.`)
    if (res.headersSent) {
      // A stream broke half-way: the caller must see that it is incomplete.
      req.socket.destroy()
      return
    }
    const wait = RETRY_AFTER[failure.code]
    if (wait !== undefined && !res.hasHeader('Retry-After')) res.set('Retry-After', String(wait))
    const body: ErrorBody = { error: { code: failure.code, message: failure.message, ...(failure.details === undefined ? {} : { details: failure.details }) } }
    res.status(errorStatus[failure.code]).json(body)
  }
}

/** Expected failures, those of Express and its body parser included; null for anything else. */
export function toAppError(error: unknown): AppError | null {
  if (error instanceof AppError) return error
  if (!(error instanceof Error)) return null
  const { type, status } = error as Error & { type?: unknown; status?: unknown }
  if (type === 'entity.verify.failed' && error.cause instanceof AppError) return error.cause
  if (type === 'entity.parse.failed') return new AppError('invalid_json', `The body is not valid JSON: ${error.message}`, { cause: error })
  if (type === 'entity.too.large') return new AppError('too_large', 'The body is too large.', { cause: error })
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') return new AppError('unsupported_media_type', `${capital(error.message)}.`, { cause: error })
  if (error instanceof URIError) return new AppError('invalid_request', 'The path is not a valid URL.', { cause: error })
  if (typeof type === 'string' && typeof status === 'number' && status >= 400 && status < 500) return new AppError('invalid_request', `${capital(error.message)}.`, { cause: error })
  if (isCorruptStream(error)) return new AppError('invalid_request', 'The body does not match its Content-Encoding.', { cause: error })
  if (isDatabaseAway(error)) return new AppError('storage_unavailable', 'The database does not answer. Nothing was saved; try again in a moment.', { cause: error })
  return null
}

function isCorruptStream(error: Error): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code !== undefined && /^(Z_|ERR__ERROR_FORMAT|ERR_BROTLI|ERR_|HPE_)/.test(code) && /zlib|brotli|gzip|header check|unexpected end of file|Decompression failed/i.test(`${error.message} ${error.stack ?? ''}`)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
