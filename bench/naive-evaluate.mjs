// The baseline: what a first version would do. Reads the wire ruleset on every call, finds flags and cohorts by scanning, hashes with the same function.

/** Evaluates by interpretation; agrees with the engine on everything that the benchmark's ruleset uses. */
export function naiveEvaluate(ruleset, flagKey, context, murmur3) {
  const flag = ruleset.flags.find((one) => one.key === flagKey)
  if (!flag) return { reason: 'ERROR' }
  if (!flag.enabled) return { variant: flag.offVariant, reason: 'STATIC' }
  for (const rule of flag.rules) {
    if (rule.when && !matches(ruleset, rule.when, context)) continue
    const served = serve(flag, rule.serve, context, murmur3)
    if (served) return { ...served, reason: 'variant' in rule.serve ? 'TARGETING_MATCH' : 'SPLIT' }
  }
  return { ...serve(flag, flag.fallthrough, context, murmur3), reason: 'DEFAULT' }
}

function matches(ruleset, condition, context) {
  if (condition.all) return condition.all.every((one) => matches(ruleset, one, context))
  if (condition.any) return condition.any.some((one) => matches(ruleset, one, context))
  if (condition.not) return !matches(ruleset, condition.not, context)
  if (condition.cohort) {
    const cohort = ruleset.cohorts.find((one) => one.key === condition.cohort)
    if (cohort.excluded?.includes(context.targetingKey)) return false
    return cohort.included?.includes(context.targetingKey) || (cohort.when ? matches(ruleset, cohort.when, context) : false)
  }
  const value = context[condition.attribute]
  if (value === undefined) return false
  if (condition.op === 'in') return condition.values.includes(value)
  if (condition.op === 'gte') return value >= condition.values[0]
  if (condition.op === 'starts_with') return condition.values.some((prefix) => String(value).startsWith(prefix))
  throw new Error(`the baseline does not know ${condition.op}`)
}

function serve(flag, what, context, murmur3) {
  if (what.variant !== undefined) return { variant: what.variant, value: flag.variants.find((one) => one.key === what.variant).value }
  const bucket = Math.floor((murmur3(`${what.salt}.${context.targetingKey}`) * 100_000) / 4_294_967_296)
  let start = 0
  for (const arm of what.arms) {
    if (bucket >= start && bucket < start + Math.floor((arm.weight * what.coverage) / 100_000)) return { variant: arm.variant, value: flag.variants.find((one) => one.key === arm.variant).value }
    start += arm.weight
  }
  return undefined
}
