import type { Cohort, Flag, Holdout, Json, Ruleset, Serve, Split } from '@assay/sdk/core'
import { checkCondition, cohortsIn, type CheckPattern, type Issue } from './check-condition.ts'
import { checkDistinct, repeated } from './check-distinct.ts'
import { checkLayers } from './check-layers.ts'
import { checkPattern } from './check-pattern.ts'
import { findCycle } from './find-cycle.ts'

export type { Issue } from './check-condition.ts'

const BUCKETS = 100_000

interface Known {
  unitTypes: ReadonlySet<string>
  cohorts: ReadonlySet<string>
  layers: ReadonlyMap<string, string>
  flags: ReadonlyMap<string, Flag>
}

interface Options {
  /** Keys of the project's unit types. */
  unitTypes: readonly string[]
  checkPattern?: CheckPattern
}

/** Everything that is wrong with a ruleset before it is served; each issue names its place and reads as a sentence. */
export function checkRuleset(ruleset: Ruleset, options: Options): Issue[] {
  const known: Known = {
    unitTypes: new Set(options.unitTypes),
    cohorts: new Set(ruleset.cohorts.map((cohort) => cohort.key)),
    layers: new Map(ruleset.layers.map((layer) => [layer.key, layer.unit])),
    flags: new Map(ruleset.flags.map((flag) => [flag.key, flag])),
  }
  const pattern = options.checkPattern ?? checkPattern
  return [
    ...repeated(ruleset.flags.map((flag) => flag.key)).map((key) => ({ path: `flags.${key}`, message: `The flag ${key} exists twice.` })),
    ...repeated(ruleset.cohorts.map((cohort) => cohort.key)).map((key) => ({ path: `cohorts.${key}`, message: `The cohort ${key} exists twice.` })),
    ...ruleset.flags.flatMap((flag) => checkFlag(flag, known, pattern)),
    ...ruleset.cohorts.flatMap((cohort) => checkCohort(cohort, known, pattern)),
    ...ruleset.layers.filter((layer) => !known.unitTypes.has(layer.unit)).map((layer) => ({ path: `layers.${layer.key}.unit`, message: `The layer ${layer.key} is one of ${layer.unit}, which is not a unit type of this project.` })),
    ...checkLayers(ruleset),
    ...ruleset.holdouts.flatMap((holdout) => checkHoldout(holdout, known)),
    ...checkCycles(ruleset),
  ]
}

/** Those that the ruleset before did not have: an old problem must not stand in the way of turning something off. */
export function newIssues(issues: readonly Issue[], before: Ruleset, options: Options): Issue[] {
  const known = new Set(checkRuleset(before, options).map(({ message }) => message))
  return issues.filter(({ message }) => !known.has(message))
}

function checkFlag(flag: Flag, known: Known, pattern: CheckPattern): Issue[] {
  const path = `flags.${flag.key}`
  const variants = new Set(flag.variants.map((variant) => variant.key))
  const missing = (variant: string, at: string, what: string): Issue[] => (variants.has(variant) ? [] : [{ path: `${path}.${at}`, message: `${what} serves ${variant}, which is not a variant of ${flag.key}.` }])
  const serve = (served: Serve, at: string, what: string): Issue[] =>
    'variant' in served ? missing(served.variant, `${at}.variant`, what) : [
      ...served.arms.flatMap((arm, index) => missing(arm.variant, `${at}.arms.${index}.variant`, what)),
      ...checkSplit(served, `${path}.${at}`, what, known),
    ]
  return [
    ...repeated(flag.variants.map((variant) => variant.key)).map((key) => ({ path: `${path}.variants`, message: `${flag.key} has two variants with the key ${key}.` })),
    ...flag.variants.flatMap((variant, index) => checkValue(flag, variant.key, variant.value, `${path}.variants.${index}.value`)),
    ...(flag.offVariant === undefined ? [] : missing(flag.offVariant, 'offVariant', 'Off')),
    ...checkPrerequisites(flag, known),
    ...checkDistinct(flag.key, { rules: flag.rules, prerequisites: flag.prerequisites ?? [] }),
    ...flag.rules.flatMap((rule, index) => {
      const what = `Rule ${index + 1} of ${flag.key}`
      return [
        ...(rule.when ? checkCondition(rule.when, `${path}.rules.${index}.when`, what, known.cohorts, pattern) : []),
        ...serve(rule.serve, `rules.${index}.serve`, what),
      ]
    }),
    ...serve(flag.fallthrough, 'fallthrough', `The fallthrough of ${flag.key}`),
  ]
}

function checkSplit(split: Split, path: string, what: string, known: Known): Issue[] {
  const issues: Issue[] = []
  const add = (at: string, message: string) => { issues.push({ path: `${path}.${at}`, message: `${what} ${message}` }) }
  if (!known.unitTypes.has(split.unit)) add('unit', `splits by ${split.unit}, which is not a unit type of this project.`)
  for (const variant of repeated(split.arms.map((arm) => arm.variant))) add('arms', `has two arms for ${variant}.`)
  const total = split.arms.reduce((sum, arm) => sum + arm.weight, 0)
  if (total !== BUCKETS) add('arms', `has weights that sum to ${percent(total)} instead of 100%.`)
  for (const arm of split.arms.filter((arm) => !isShare(arm.weight))) add('arms', `gives ${arm.variant} a weight outside 0% to 100%.`)
  const starved = split.arms.filter((arm) => arm.weight > 0 && Math.floor((arm.weight * split.coverage) / BUCKETS) === 0)
  if (split.coverage > 0) for (const arm of starved) add('coverage', `admits so few that ${arm.variant} gets nobody: raise the coverage or its weight.`)
  if (!isShare(split.coverage)) add('coverage', 'has a coverage outside 0% to 100%.')
  if ((split.experiment === undefined) !== (split.phase === undefined)) add('phase', 'names an experiment without its phase, or a phase without its experiment.')
  if (split.layer) {
    const unit = known.layers.get(split.layer.key)
    if (unit === undefined) add('layer.key', `refers to the layer ${split.layer.key}, which does not exist.`)
    else if (unit !== split.unit) add('layer.key', `splits by ${split.unit}, but the layer ${split.layer.key} is one of ${unit}.`)
    if (split.layer.from >= split.layer.to) add('layer', 'has an empty range of its layer.')
  }
  if (split.hash !== 'murmur3') {
    const { admit, steps } = split.hash
    if (steps < 1) add('hash.steps', 'has an imported hash without steps.')
    for (const [index, [from, to]] of admit.entries()) if (from < 0 || from >= to || to > steps) add(`hash.admit.${index}`, `admits ${from} to ${to}, which is not a range within ${steps} steps.`)
  }
  return issues
}

function checkValue(flag: Flag, variant: string, value: Json, path: string): Issue[] {
  const wanted: Record<Flag['type'], { is: boolean; a: string }> = {
    boolean: { is: typeof value === 'boolean', a: 'true or false' },
    string: { is: typeof value === 'string', a: 'a text' },
    integer: { is: Number.isSafeInteger(value), a: 'a whole number' },
    float: { is: typeof value === 'number' && Number.isFinite(value), a: 'a number' },
    object: { is: typeof value === 'object' && value !== null && !Array.isArray(value), a: 'a JSON object' },
  }
  const { is, a } = wanted[flag.type]
  return is ? [] : [{ path, message: `The variant ${variant} of ${flag.key} must be ${a}, as the flag's type is ${flag.type}.` }]
}

function checkPrerequisites(flag: Flag, known: Known): Issue[] {
  return (flag.prerequisites ?? []).flatMap((prerequisite, index) => {
    const path = `flags.${flag.key}.prerequisites.${index}`
    const other = known.flags.get(prerequisite.flag)
    if (!other) return [{ path: `${path}.flag`, message: `${flag.key} needs the flag ${prerequisite.flag}, which does not exist.` }]
    if (prerequisite.variants.length === 0) return [{ path: `${path}.variants`, message: `${flag.key} needs ${prerequisite.flag}, but does not say which variant.` }]
    const variants = new Set(other.variants.map((variant) => variant.key))
    return prerequisite.variants.filter((variant) => !variants.has(variant)).map((variant) => ({ path: `${path}.variants`, message: `${flag.key} needs ${prerequisite.flag} to be ${variant}, which is not one of its variants.` }))
  })
}

function checkCohort(cohort: Cohort, known: Known, pattern: CheckPattern): Issue[] {
  const path = `cohorts.${cohort.key}`
  return [
    ...(known.unitTypes.has(cohort.unit) ? [] : [{ path: `${path}.unit`, message: `The cohort ${cohort.key} lists units of ${cohort.unit}, which is not a unit type of this project.` }]),
    ...(cohort.when ? checkCondition(cohort.when, `${path}.when`, `The cohort ${cohort.key}`, known.cohorts, pattern) : []),
  ]
}

function checkHoldout({ key, unit, from, to }: Holdout, known: Known): Issue[] {
  return [
    ...(known.unitTypes.has(unit) ? [] : [{ path: `holdouts.${key}.unit`, message: `The holdout ${key} holds units of ${unit}, which is not a unit type of this project.` }]),
    ...(from < to ? [] : [{ path: `holdouts.${key}`, message: `The holdout ${key} holds nobody: its range is empty.` }]),
  ]
}

function checkCycles(ruleset: Ruleset): Issue[] {
  const flags = findCycle(new Map(ruleset.flags.map((flag) => [flag.key, (flag.prerequisites ?? []).map((prerequisite) => prerequisite.flag)])))
  const cohorts = findCycle(new Map(ruleset.cohorts.map((cohort) => [cohort.key, cohort.when ? cohortsIn(cohort.when) : []])))
  return [
    ...(flags ? [{ path: `flags.${flags[0]}.prerequisites`, message: `Flags need each other in a circle: ${flags.join(' needs ')}.` }] : []),
    ...(cohorts ? [{ path: `cohorts.${cohorts[0]}.when`, message: `Cohorts contain each other in a circle: ${cohorts.join(' contains ')}.` }] : []),
  ]
}

function isShare(buckets: number): boolean {
  return Number.isInteger(buckets) && buckets >= 0 && buckets <= BUCKETS
}

function percent(buckets: number): string {
  return `${buckets / 1000}%`
}
