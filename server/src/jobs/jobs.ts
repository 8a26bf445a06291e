import type { Deps } from '../deps.ts'
import type { Job } from './job.ts'

/** Everything that recurs: name, interval, function. */
export function jobs(_deps: Deps): Job[] {
  return []
}
