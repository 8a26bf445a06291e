import { unitOf, type CompiledRuleset, type Context } from '../core/index.ts'
import { splitsIn } from './splits-in.ts'

/** Units per event that the server takes. */
const MOST_UNITS = 20

/** Unit types of a ruleset, found once per ruleset. */
const found = new WeakMap<CompiledRuleset, readonly string[]>()

/**
 * The units of a context by type: `user`, the types that the ruleset and the options name, and every attribute that is an
 * object with an `id`, so that an event counts for experiments that start later.
 */
export function trackedUnits(compiled: CompiledRuleset | undefined, unitTypes: readonly string[], context: Context, longest: number): Record<string, string> {
  const types = new Set(['user', ...unitTypes, ...(compiled ? typesIn(compiled) : []), ...namesWithId(context)])
  const units: Record<string, string> = {}
  let room = MOST_UNITS
  for (const type of types) {
    const unit = unitOf(context, type)
    if (unit === undefined || unit.length > longest) continue
    if (room-- === 0) break
    units[type] = unit
  }
  return units
}

function namesWithId(context: unknown): string[] {
  if (typeof context !== 'object' || context === null) return []
  return Object.entries(context).filter(([, value]) => typeof value === 'object' && value !== null && Object.hasOwn(value, 'id')).map(([name]) => name)
}

function typesIn(compiled: CompiledRuleset): readonly string[] {
  const known = found.get(compiled)
  if (known) return known
  const { cohorts, layers, holdouts } = compiled.ruleset
  const keyed: readonly ({ unit?: unknown } | null)[] = [...cohorts, ...layers, ...holdouts]
  const types = [...new Set([...splitsIn(compiled).map(({ unit }) => unit), ...keyed.map((each) => each?.unit).filter((unit) => typeof unit === 'string')])]
  found.set(compiled, types)
  return types
}
