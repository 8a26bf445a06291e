import type { RequestIssue } from '../contract/errors.ts'
import { AppError } from '../http/app-error.ts'

const DEFAULT_LIMIT = 50
const MAX_LIMIT = 200
const MAX_SEQ = 2_147_483_647

/** The page that a query asks for; throws `invalid_request` for numbers that are no page. */
export function readPage({ entry, before, limit = DEFAULT_LIMIT }: { entry?: number; before?: number; limit?: number }): { entry: number | undefined; before: number | undefined; limit: number } {
  const issues: RequestIssue[] = []
  if (!isWithin(limit, MAX_LIMIT)) issues.push({ path: 'limit', message: `Use a whole number from 1 to ${MAX_LIMIT}.` })
  if (before !== undefined && !isWithin(before, MAX_SEQ)) issues.push({ path: 'before', message: 'Use the nextBefore of the page before.' })
  if (entry !== undefined && !isWithin(entry, MAX_SEQ)) issues.push({ path: 'entry', message: 'Use the seq of an entry.' })
  if (issues.length > 0) throw new AppError('invalid_request', issues.map((issue) => `${issue.path}: ${issue.message}`).join(' '), { details: issues })
  return { entry, before, limit }
}

function isWithin(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max
}
