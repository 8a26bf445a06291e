import type { Hypothesis } from '@assay/server/contract'
import { count } from '../../ui/format.ts'

/** What a plan lacks, as something to be had: "a reason". Fields that are not here say their message as it is. */
const nouns: Readonly<Record<string, string>> = {
  change: 'a change',
  audience: 'an audience',
  because: 'a reason',
  primaryMetric: 'a deciding metric',
  minimumEffect: 'a smallest effect',
  wrongIf: 'what would prove us wrong',
  rollbackPlan: 'a way back',
  maxExposure: 'a limit of people',
  maxDays: 'a limit of days',
  decider: 'a decider',
  experiment: 'exposure',
}

/** `Needs a reason and a decider`, `Needs a reason and 3 more`. */
export function needsWords(missing: Hypothesis['missing']): string {
  const [first, second] = missing
  if (!first) return ''
  const noun = nouns[first.field]
  if (noun === undefined) return first.message
  const rest = missing.length - 1
  if (rest === 0) return `Needs ${noun}`
  return `Needs ${noun} and ${rest === 1 ? (second && nouns[second.field]) ?? 'one more' : `${count(rest)} more`}`
}
