import type { Condition, Flag, Ruleset, Serve, Split } from '../core/index.ts'

/**
 * Keys of the flags whose outcome may differ between two rulesets: the flag itself changed, is new or gone, or something
 * it depends on did, such as a cohort, a layer, a holdout or a prerequisite.
 */
export function changedFlags(before: Ruleset, after: Ruleset): string[] {
  const cohorts = closure(changedKeys(before.cohorts, after.cohorts), after.cohorts, ({ when }, changed) => when !== undefined && mentions(when, changed))
  const layers = changedKeys(before.layers, after.layers)
  const holdouts = textOf(before.holdouts) !== textOf(after.holdouts)
  const changed = changedKeys(before.flags, after.flags)
  for (const flag of after.flags) if (dependsOn(flag, cohorts, layers, holdouts)) changed.add(flag.key)
  return [...closure(changed, after.flags, ({ prerequisites = [] }, keys) => prerequisites.some(({ flag }) => keys.has(flag)))].sort()
}

/** Adds what depends on something in the set, until nothing more does. */
function closure<T extends { key: string }>(changed: Set<string>, all: readonly T[], depends: (each: T, changed: ReadonlySet<string>) => boolean): Set<string> {
  for (let size = -1; size !== changed.size;) {
    size = changed.size
    for (const each of all) if (!changed.has(each.key) && depends(each, changed)) changed.add(each.key)
  }
  return changed
}

function changedKeys(before: readonly { key: string }[], after: readonly { key: string }[]): Set<string> {
  const old = new Map(before.map((each) => [each.key, each]))
  const changed = new Set<string>()
  for (const each of after) {
    const known = old.get(each.key)
    old.delete(each.key)
    if (!known || textOf(known) !== textOf(each)) changed.add(each.key)
  }
  for (const gone of old.keys()) changed.add(gone)
  return changed
}

function dependsOn({ rules, fallthrough }: Flag, cohorts: ReadonlySet<string>, layers: ReadonlySet<string>, holdouts: boolean): boolean {
  const splits = [...rules.map((rule) => rule.serve), fallthrough].filter(isSplit)
  if (holdouts && (splits.some((split) => split.experiment !== undefined) || rules.some((rule) => rule.heldOut === true))) return true
  if (layers.size > 0 && splits.some((split) => split.layer !== undefined && layers.has(split.layer.key))) return true
  return cohorts.size > 0 && rules.some(({ when }) => when !== undefined && mentions(when, cohorts))
}

function isSplit(serve: Serve): serve is Split {
  return 'arms' in serve
}

function mentions(condition: Condition, cohorts: ReadonlySet<string>): boolean {
  if ('all' in condition) return condition.all.some((part) => mentions(part, cohorts))
  if ('any' in condition) return condition.any.some((part) => mentions(part, cohorts))
  if ('not' in condition) return mentions(condition.not, cohorts)
  return 'cohort' in condition && cohorts.has(condition.cohort)
}

/** Rulesets are frozen data, so each part is written once, however often it is compared. */
const texts = new WeakMap<object, string>()

function textOf(part: object): string {
  const known = texts.get(part) ?? JSON.stringify(part)
  texts.set(part, known)
  return known
}
