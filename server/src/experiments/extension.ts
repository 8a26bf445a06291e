import type { Plan } from '../contract/experiments.ts'
import type { RequestIssue } from '../contract/errors.ts'
import { extended, type LoggedDeviation } from './effective-plan.ts'

interface AskedExtension {
  plannedUnits: number | undefined
  plannedDays: number | undefined
  /** How long the hypothesis lets it run, as it stands now: an edit of that is a deviation of its own. */
  maxDays: number | null
}

export interface Extension {
  deviations: Pick<LoggedDeviation, 'what' | 'registered' | 'now'>[]
  issues: RequestIssue[]
}

/** What an extension of a plan, as it is read now, deviates in, or what is wrong with it. */
export function extensionOf(plan: Pick<Plan, 'plannedUnits' | 'plannedDays' | 'mode'>, { plannedUnits, plannedDays, maxDays }: AskedExtension): Extension {
  if (plannedUnits === undefined && plannedDays === undefined) return { deviations: [], issues: [{ path: '', message: 'Say how many people or how many days it is extended to.' }] }
  const fields = [
    { field: 'plannedUnits', asked: plannedUnits, planned: plan.plannedUnits, noun: 'people' },
    { field: 'plannedDays', asked: plannedDays, planned: plan.plannedDays, noun: 'days' },
  ] as const
  const issues = fields.flatMap(({ field, asked, planned, noun }) => {
    if (asked === undefined) return []
    if (planned === null) return [{ path: field, message: `The plan names no ${noun}: there is nothing to extend.` }]
    return asked > planned ? [] : [{ path: field, message: `It is planned for ${planned.toLocaleString('en-GB')} ${noun} already: name more.` }]
  })
  if (plannedDays !== undefined && maxDays !== null && plannedDays > maxDays) issues.push({ path: 'plannedDays', message: `The hypothesis lets it run ${maxDays} days at most: change that first, which is recorded too.` })
  const deviations = fields.flatMap(({ field, asked, planned }) => (asked === undefined ? [] : [{ what: extended[field], registered: String(planned), now: String(asked) }]))
  const dropped = plan.mode === 'always_valid' ? [] : [{ what: extended.mode, registered: plan.mode, now: 'always_valid' }]
  return { deviations: [...deviations, ...dropped], issues }
}
