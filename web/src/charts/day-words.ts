import { plural } from '../ui/format.ts'
import type { HeatDay } from './heat-weeks.ts'

const long = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })

/** `Wednesday 31 March: 12 changes, 1 rollback`. */
export function dayWords({ day, changes, rollbacks }: HeatDay): string {
  return `${long.format(new Date(day))}: ${changes === 0 ? 'no change' : plural(changes, 'change')}${rollbacks === 0 ? '' : `, ${plural(rollbacks, 'rollback')}`}`
}
