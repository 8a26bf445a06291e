import type { FlagKind, FlagUsage } from '../contract/flags.ts'
import { type Outcomes, possibleOutcomes } from './possible-outcomes.ts'

/** How one variant was served in one environment; `variant` null is the caller's default. */
export interface ServedVariant {
  variant: string | null
  firstAt: Date
  lastAt: Date
}

export interface LifecycleInput {
  kind: FlagKind
  createdAt: Date
  archivedAt: Date | null
  /** Day by which the flag should be gone, `2027-03-31`. */
  expectedRemoval: string | null
  /** An experiment that runs on it. */
  experiment: string | null
  /** What it does in each production environment, and what was served there. */
  production: { outcomes: Outcomes; served: readonly ServedVariant[] }[]
  /** When a service asked for it last, in any other environment. */
  askedElsewhereAt: Date | null
}

type Lifecycle = FlagUsage['lifecycle']

const DAY_MS = 24 * 3_600_000
const STEADY_DAYS = 7
const TEMPORARY_DAYS = 30
const FORGOTTEN_DAYS = 30

/**
 * Where a flag is in its life, from what services really ask for. Release and experiment flags are there for a time:
 * older than 30 days, they are stale once they serve one value, or nobody asks, for 7 days. The others may stay, and are
 * stale only when nobody asked for 30 days. A running experiment keeps its flag alive.
 */
export function lifecycle(flag: LifecycleInput, now: Date): Lifecycle {
  if (flag.archivedAt !== null) return { state: 'archived', reason: `Archived on ${day(flag.archivedAt)}.` }
  const served = flag.production.flatMap((environment) => environment.served)
  const temporary = flag.kind === 'release' || flag.kind === 'experiment'
  const old = temporary && daysSince(flag.createdAt, now) >= TEMPORARY_DAYS
  const quietDays = temporary ? STEADY_DAYS : FORGOTTEN_DAYS
  if (served.length === 0) return neverAsked(flag, now, quietDays)

  const silent = Math.floor(daysSince(latest(served.map(({ lastAt }) => lastAt)), now))
  if (flag.experiment !== null) return { state: 'live', reason: `${flag.experiment} runs on it.` }
  if (silent >= quietDays && (old || !temporary)) return { state: 'stale', reason: `No service has asked for it in production for ${silent} days.` }
  const steady = steadyVariant(served, now)
  if (steady !== undefined && flag.expectedRemoval !== null && flag.expectedRemoval < isoDay(now)) {
    return { state: 'stale', reason: `It should have been gone by ${day(new Date(flag.expectedRemoval))}, and ${words(steady)} has been served to everybody for ${STEADY_DAYS} days.` }
  }
  if (steady !== undefined && old) return { state: 'stale', reason: `Older than ${TEMPORARY_DAYS} days, and for ${STEADY_DAYS} days everybody in production got ${words(steady)}.` }
  if (steady !== undefined && flag.production.every(({ outcomes }) => servesOnly(outcomes, steady))) {
    return { state: 'rolled_out', reason: `For ${STEADY_DAYS} days everybody in production got ${words(steady)}, and nothing else can be served.` }
  }
  if (silent >= STEADY_DAYS) return { state: 'live', reason: `Asked for in production last ${silent} days ago.` }
  return { state: 'live', reason: 'Services ask for it in production.' }
}

function neverAsked({ createdAt, askedElsewhereAt }: LifecycleInput, now: Date, quietDays: number): Lifecycle {
  const age = Math.floor(daysSince(createdAt, now))
  const elsewhere = askedElsewhereAt !== null && daysSince(askedElsewhereAt, now) < quietDays
  if (elsewhere) return { state: 'new', reason: 'Asked for elsewhere, and by no service in production yet.' }
  if (age < TEMPORARY_DAYS) return { state: 'new', reason: 'No service in production has asked for it yet.' }
  return { state: 'stale', reason: `Created ${age} days ago, and no service in production has ever asked for it.` }
}

/** The one variant that was served in the last 7 days, if services asked for as long; undefined where there were several, or none. */
function steadyVariant(served: readonly ServedVariant[], now: Date): string | null | undefined {
  if (daysSince(earliest(served.map(({ firstAt }) => firstAt)), now) < STEADY_DAYS) return undefined
  const recent = new Set(served.filter(({ lastAt }) => daysSince(lastAt, now) < STEADY_DAYS).map(({ variant }) => variant))
  const [only] = recent
  return recent.size === 1 ? only : undefined
}

function servesOnly(outcomes: Outcomes, variant: string | null): boolean {
  const possible = possibleOutcomes(outcomes)
  return outcomes.enabled && possible.size === 1 && possible.has(variant)
}

function words(variant: string | null): string {
  return variant ?? 'the caller’s default'
}

function daysSince(at: Date, now: Date): number {
  return (now.getTime() - at.getTime()) / DAY_MS
}

function latest(dates: readonly Date[]): Date {
  return dates.reduce((a, b) => (a > b ? a : b))
}

function earliest(dates: readonly Date[]): Date {
  return dates.reduce((a, b) => (a < b ? a : b))
}

function isoDay(at: Date): string {
  return at.toISOString().slice(0, 10)
}

function day(at: Date): string {
  return at.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
}
