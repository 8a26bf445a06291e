import { createHash } from 'node:crypto'
import { canonicalJson } from '../contract/canonical-json.ts'
import { targeting } from '../contract/flags.ts'
import { nextExposure, type Exposure } from './exposure.ts'
import { reachOf } from './reach.ts'
import { findRollback, type FoundRollback, type StandingChange } from './rollback.ts'

/** An entry of the audit log about a flag in an environment. */
export interface FlagEntry {
  seq: number
  at: Date
  action: string
  flag: string
  environment: string
  by: string
  before: unknown
  after: unknown
}

/** What is remembered of a flag in an environment while its entries are read in order. */
export interface FlagMemory {
  exposure: Exposure | null
  /** Oldest first. */
  standing: readonly StandingChange[]
}

/** One change of what a flag does, reduced to what Delivery counts. */
export interface FlagStep {
  seq: number
  at: Date
  action: string
  flag: string
  environment: string
  by: string
  before: string
  isOn: boolean
  exposedAt: Date | null
  full: boolean
  completes: boolean
  rollback: FoundRollback | null
}

/**
 * The step that an entry is, and what to remember for the next one; null for an entry that changes nothing of what the flag
 * does. `archives` tells that the flag was turned off because it was archived: that is cleaning up, and no rollback.
 */
export function readStep(memory: FlagMemory, entry: FlagEntry, archives: boolean): { step: FlagStep; memory: FlagMemory } | null {
  const after = targeting.safeParse(entry.after)
  if (!after.success) return null
  const before = targeting.safeParse(entry.before)
  const prints = { before: before.success ? fingerprint(before.data) : '', after: fingerprint(after.data) }
  if (prints.before === prints.after) return null
  const { seq, at, action, flag, environment, by } = entry
  const isOn = after.data.enabled
  const { exposure, completes } = nextExposure(memory.exposure, { at, reach: reachOf(after.data) })
  const rollback = archives ? null : findRollback(memory.standing, { at, wasOn: before.success && before.data.enabled, isOn, after: prints.after })
  const left = memory.standing.filter((change) => rollback?.takesBack.includes(change.seq) !== true)
  const stands = isOn && rollback === null
  return {
    step: { seq, at, action: archives ? 'flag.archived' : action, flag, environment, by, before: prints.before, isOn, exposedAt: exposure?.since ?? null, full: exposure?.full ?? false, completes, rollback },
    memory: { exposure, standing: stands ? [...left, { seq, at, before: prints.before }] : left },
  }
}

function fingerprint(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('base64url')
}
