import type { RequestIssue } from '@assay/server/contract'
import { ApiError } from '../api/client.ts'

/** What the server said about single fields, by path. Empty where it refused something else. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError) || error.code !== 'invalid_request' || !Array.isArray(error.details)) return {}
  return Object.fromEntries(error.details.filter(isIssue).map(({ path, message }) => [path.replace(/^draft\./, ''), message]))
}

function isIssue(value: unknown): value is RequestIssue {
  return typeof value === 'object' && value !== null && 'path' in value && 'message' in value && typeof value.path === 'string' && typeof value.message === 'string'
}
