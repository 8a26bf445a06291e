import { AppError } from '../http/app-error.ts'
import type { Issue } from './check-condition.ts'

/** The refusal of a ruleset, in the words of its first issues; the details have more of them. */
export function invalidRuleset(issues: readonly Issue[], outcome = ''): AppError {
  const first = issues.slice(0, 3).map(({ message }) => message)
  const more = issues.length > first.length ? `(and ${issues.length - first.length} more)` : ''
  return new AppError('invalid_ruleset', [...first, more, outcome].filter((words) => words !== '').join(' '), { details: issues.slice(0, 50) })
}
