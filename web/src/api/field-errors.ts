import type { RequestIssue } from '@assay/server/contract'
import { ApiError } from './client.ts'

/** Messages of a refused request by the field they are about; empty where the refusal is about something else. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError) || (error.code !== 'invalid_request' && error.code !== 'invalid_ruleset')) return {}
  return Object.fromEntries(issuesOf(error.details).map(({ path, message }) => [path, message]))
}

function issuesOf(details: unknown): RequestIssue[] {
  return Array.isArray(details) ? details.filter(isIssue) : []
}

function isIssue(value: unknown): value is RequestIssue {
  return typeof value === 'object' && value !== null && 'path' in value && typeof value.path === 'string' && 'message' in value && typeof value.message === 'string'
}
