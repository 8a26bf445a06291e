import { CALLERS_DEFAULT, type Impact } from '@assay/server/contract'
import { count, date, percent, plural } from '../format.ts'
import type { Naming } from '../serve/naming.ts'

/** Whose variant a change alters, in a sentence. */
export function impactText({ basis, moved, share }: Impact, now = new Date()): string {
  if (basis.units === 0) return 'Nobody was seen here yet, so who gets something else cannot be said.'
  const when = basis.since === null ? 'seen lately' : `seen since ${date(basis.since, now)}`
  const seen = `the ${plural(basis.units, 'person', 'people')} ${when}`
  if (moved === 0) return `None of ${seen} gets something else.`
  if (moved === basis.units) return basis.units === 1 ? `The 1 person ${when} gets something else.` : `All ${count(moved)} people ${when} get something else.`
  return `${count(moved)} of ${seen} ${moved === 1 ? 'gets' : 'get'} something else: ${percent(share)}.`
}

/** What moving people out of a running experiment does; null where it moves none. */
export function runningText({ running }: Impact): string | null {
  if (running === null || running.moved === 0) return null
  return `${plural(running.moved, 'person', 'people')} of those it has met would change sides, and what they did before counts for the other one.`
}

/** A variant by its name; null is what the caller's code falls back to. */
export function gottenName(variant: string | null, naming: Naming): string {
  return variant === null ? CALLERS_DEFAULT : naming.variant(variant)
}
