import { dueSchedule, reviewPolicy } from '@assay/server/contract'
import { policyText } from '../policy-text.ts'
import { dueText } from '../schedule/schedule-words.ts'

/** An object that people know by a sentence: what an environment asks of changes, or when one is due. Null for others. */
export function knownText(value: unknown): string | null {
  const [policy, schedule] = [reviewPolicy.safeParse(value), dueSchedule.safeParse(value)]
  if (policy.success) return policyText(policy.data)
  return schedule.success ? dueText(schedule.data) : null
}
