import type { Serve } from '@assay/sdk/core'
import { sameValue, type Targeting } from '@assay/server/contract'
import { percent } from '../../ui/format.ts'
import { isSplit, WHOLE } from '../../ui/serve/serve-words.ts'

/**
 * Ways in which more people may meet the change than now, in words; empty where nobody new does. How many people a
 * condition matches is not known here, so a rule for other people than now counts as a rise.
 */
export function exposureRise(before: Targeting, after: Targeting): string[] {
  if (!after.enabled) return []
  const calm = before.offVariant ?? (isSplit(before.fallthrough) ? undefined : before.fallthrough.variant)
  const reach = (serve: Serve | undefined) => (serve === undefined ? 0 : shareBeside(serve, calm))
  const rules = after.rules.flatMap((rule, index) => {
    const was = before.rules.find(({ id }) => id === rule.id)
    const [from, to] = [before.enabled ? reach(was?.serve) : 0, reach(rule.serve)]
    const name = `Rule ${index + 1}`
    if (to > from) return [was && before.enabled ? `${name} reaches ${percent(to)} of the people it matches, up from ${percent(from)}` : `${name} reaches ${percent(to)} of the people it matches`]
    if (was && to > 0 && !sameValue(was.when, rule.when)) return [`${name} is for other people than now`]
    return []
  })
  const [from, to] = [before.enabled ? reach(before.fallthrough) : 0, reach(after.fallthrough)]
  const everyone = to > from ? [`Everyone else: ${percent(to)} instead of ${percent(from)}`] : []
  const freed = before.enabled ? before.rules.filter((rule) => reach(rule.serve) < to && !after.rules.some(({ id }) => id === rule.id)) : []
  const dropped = freed.map((rule) => `People of the removed rule${rule.name === '' ? '' : ` ${rule.name}`} go on to the rules below`)
  const needs = before.enabled ? before.prerequisites.filter(({ flag, variants }) => !narrowed(after, flag, variants)).map(({ flag }) => `It no longer waits for ${flag} as it does now`) : []
  return [...rules, ...everyone, ...dropped, ...needs]
}

/** Share of those matched who get anything but the variant that changes nothing. */
function shareBeside(serve: Serve, calm: string | undefined): number {
  if (!isSplit(serve)) return serve.variant === calm ? 0 : 1
  const weight = serve.arms.filter(({ variant }) => variant !== calm).reduce((sum, arm) => sum + arm.weight, 0)
  return (weight / WHOLE) * (serve.coverage / WHOLE)
}

function narrowed(after: Targeting, flag: string, variants: readonly string[]): boolean {
  const now = after.prerequisites.find((item) => item.flag === flag)
  return now !== undefined && now.variants.every((variant) => variants.includes(variant))
}
