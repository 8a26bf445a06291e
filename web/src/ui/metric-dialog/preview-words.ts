import type { MetricDefinition, MetricPreview } from '@assay/server/contract'
import { isShare, level } from '../effect-format.ts'
import { count, plural } from '../format.ts'

/** The level with its unit: `3.4%`, `41.2 EUR`. */
export function levelText({ type, unitLabel }: Pick<MetricDefinition, 'type' | 'unitLabel'>, value: number): string {
  return unitLabel === '' || isShare(type) ? level(type, value) : `${level(type, value)} ${unitLabel}`
}

/** What the level is a level of. */
export function levelNote({ units, counted, oneIn }: Pick<MetricPreview, 'units' | 'counted' | 'oneIn'>): string {
  const people = counted === units ? `of ${plural(counted, 'person', 'people')} seen` : `of ${plural(counted, 'person', 'people')} whose window is over; ${count(units)} were seen`
  return oneIn === 1 ? people : `${people}, one in ${count(oneIn)} of all`
}

/** Why there is no number, and what would give one. */
export function whyNoLevel({ status, units, days }: { status: string; units: number; days: number }): string {
  switch (status) {
    case 'no_units':
      return units === 0 ? `Nobody was seen here in ${plural(days, 'day')}. Choose another environment, or more days.` : 'Nobody has a value yet.'
    case 'too_early':
      return `Nobody’s window is over within ${plural(days, 'day')}. Look at more days, or choose a shorter window.`
    case 'one_unit':
      return 'One person is not enough to say how much people differ.'
    case 'too_few_units':
      return 'There are too few values around this percentile for an estimate.'
    case 'zero_denominator':
      return 'Nothing stands below the line: nobody has such an event.'
    case 'zero_variance':
      return 'Everybody has the same value around this percentile, so it could not move by a little.'
    default:
      return 'These events give no number.'
  }
}

/** How much people differ, or that they do not. */
export function spreadWords(definition: Pick<MetricDefinition, 'type' | 'unitLabel'>, sd: number): string {
  if (sd === 0) return 'Everybody is alike, so no experiment could show a change.'
  if (isShare(definition.type)) return 'How much people differ follows from the share.'
  return `People differ by ${levelText(definition, sd)} (standard deviation of what one of them adds).`
}
