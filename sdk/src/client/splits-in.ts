import type { CompiledRuleset, Split } from '../core/index.ts'

/** Splits of a ruleset by flag, found once per ruleset. What is malformed is left out. */
const found = new WeakMap<CompiledRuleset, readonly Split[]>()

export function splitsIn(compiled: CompiledRuleset): readonly Split[] {
  const known = found.get(compiled)
  if (known) return known
  const flags: readonly unknown[] = compiled.ruleset.flags
  const splits = flags.flatMap(servesOf).filter(isSplit)
  found.set(compiled, splits)
  return splits
}

function servesOf(flag: unknown): unknown[] {
  if (!isRecord(flag)) return []
  const rules: readonly unknown[] = Array.isArray(flag.rules) ? flag.rules : []
  return [...rules.map((rule) => (isRecord(rule) ? rule.serve : undefined)), flag.fallthrough]
}

function isSplit(serve: unknown): serve is Split {
  return isRecord(serve) && typeof serve.unit === 'string' && Array.isArray(serve.arms)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
