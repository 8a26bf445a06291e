import { unitOf, type CompiledRuleset, type Context } from '../core/index.ts'

/** Units per event that the server takes. */
const MOST_UNITS = 20

/** Unit types of a ruleset, found once per ruleset. */
const found = new WeakMap<CompiledRuleset, readonly string[]>()

/**
 * The units of a context by type: `user`, the types that the ruleset and the options name, and every attribute that is an
 * object with an `id`, so that an event counts for experiments that start later.
 */
export function trackedUnits(compiled: CompiledRuleset | undefined, unitTypes: readonly string[], context: Context, longest: number): Record<string, string> {
  const types = new Set(['user', ...unitTypes, ...(compiled ? typesIn(compiled) : []), ...Object.keys(context ?? {}).filter((name) => hasId(context[name]))])
  const units: Record<string, string> = {}
  for (const type of [...types].slice(0, MOST_UNITS)) {
    const unit = unitOf(context, type)
    if (unit !== undefined && unit.length <= longest) units[type] = unit
  }
  return units
}

function hasId(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'id')
}

function typesIn(compiled: CompiledRuleset): readonly string[] {
  const known = found.get(compiled)
  if (known) return known
  const { flags, cohorts, layers, holdouts } = compiled.ruleset
  const serves = flags.flatMap((flag) => [...(flag?.rules ?? []).map((rule) => rule?.serve), flag?.fallthrough])
  const types = [...new Set([...serves.map((serve) => serve && 'unit' in serve ? serve.unit : undefined), ...[...cohorts, ...layers, ...holdouts].map((each) => each?.unit)].filter((type) => typeof type === 'string'))]
  found.set(compiled, types)
  return types
}
