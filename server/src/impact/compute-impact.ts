import { compileRuleset, evaluate, type Flag, type Ruleset } from '@assay/sdk/core'
import { patterns } from '@assay/sdk/patterns'
import type { Impact } from '../contract/flags.ts'
import { withFlag } from './proposed-flag.ts'
import { type SeenUnit, unitContext } from './unit-context.ts'

const SAMPLE = 20

export interface ImpactInput {
  /** What cohorts, prerequisites, layers and holdouts are read from. */
  ruleset: Ruleset
  live: Flag
  proposed: Flag
  unitType: string
  /** Newest first. */
  seen: readonly SeenUnit[]
  /** The experiment that runs on the flag, and units that were exposed to it. */
  running: { experiment: string; exposed: readonly SeenUnit[] } | null
}

interface Move {
  unit: string
  from: string | null
  to: string | null
}

/** Whose variant changes when `proposed` takes the place of `live`: every unit is decided twice, by the engine that services use. */
export function computeImpact({ ruleset, live, proposed, unitType, seen, running }: ImpactInput): Impact {
  const compiledWith = (flag: Flag) => compileRuleset(withFlag(ruleset, flag), { patterns })
  const [before, after] = [compiledWith(live), compiledWith(proposed)]
  const movesOf = (units: readonly SeenUnit[]) => units.flatMap((unit): Move[] => {
    const context = unitContext(unitType, unit)
    const [from, to] = [evaluate(before, live.key, context).variant ?? null, evaluate(after, live.key, context).variant ?? null]
    return from === to ? [] : [{ unit: unit.unit, from, to }]
  })
  const moves = movesOf(seen)
  const since = seen.reduce((oldest, { at }) => Math.min(oldest, at), Infinity)
  return {
    basis: { units: seen.length, since: seen.length === 0 ? null : new Date(since).toISOString() },
    moved: moves.length,
    share: seen.length === 0 ? 0 : moves.length / seen.length,
    moves: counted(moves),
    sample: moves.slice(0, SAMPLE),
    running: running && { experiment: running.experiment, moved: movesOf(running.exposed).length },
  }
}

/** How many go from where to where, most first. */
function counted(moves: readonly Move[]): Impact['moves'] {
  const counts = new Map<string, Impact['moves'][number]>()
  for (const { from, to } of moves) {
    const key = JSON.stringify([from, to])
    const known = counts.get(key) ?? { from, to, units: 0 }
    known.units += 1
    counts.set(key, known)
  }
  return [...counts.values()].sort((a, b) => b.units - a.units)
}
