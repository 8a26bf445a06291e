import type { ExperimentSetup } from '../contract/experiments.ts'
import type { RequestIssue } from '../contract/errors.ts'
import { wireCoverage, wireWeights } from './wire-weights.ts'

/** What is wrong with a setup, whatever its hypothesis: an empty list means it may be saved. */
export function checkSetup(setup: ExperimentSetup, flagVariants: readonly string[], unitTypes: readonly string[]): RequestIssue[] {
  const issues: RequestIssue[] = []
  const seen = new Set<string>()
  for (const [index, arm] of setup.arms.entries()) {
    if (!flagVariants.includes(arm.variant)) issues.push({ path: `arms.${index}.variant`, message: `The flag ${setup.flag} has no variant ${arm.variant}.` })
    if (seen.has(arm.variant)) issues.push({ path: `arms.${index}.variant`, message: `${arm.variant} is in two arms.` })
    seen.add(arm.variant)
  }
  if (!seen.has(setup.control)) issues.push({ path: 'control', message: `Control is ${setup.control}, which is not one of the arms.` })
  if (!unitTypes.includes(setup.unitType)) issues.push({ path: 'unitType', message: `The project declares no unit type ${setup.unitType}.` })
  if (setup.layer && setup.assignment === 'external') issues.push({ path: 'layer', message: 'An assignment made elsewhere takes no part of a layer: whoever assigns keeps people apart.' })
  else if (setup.layer && setup.layer.from >= setup.layer.to) issues.push({ path: 'layer', message: 'Its part of the layer is empty.' })
  if (setup.mode !== 'always_valid' && setup.plannedUnits === null && setup.plannedDays === null) {
    issues.push({ path: 'plannedUnits', message: 'Plan how many people or how many days, or choose a mode that may run open-ended.' })
  }
  return [...issues, ...admission(setup), ...steps(setup)]
}

/** Steps only ever widen: whoever was admitted stays. */
function steps({ coverageSteps = [], coverage, assignment }: ExperimentSetup): RequestIssue[] {
  if (coverageSteps.length > 0 && assignment === 'external') return [{ path: 'coverageSteps', message: 'Another service assigns: how many it admits, and when, is decided there.' }]
  return coverageSteps.flatMap((step, index) => {
    const before = coverageSteps[index - 1]
    if (step.coverage <= (before?.coverage ?? coverage)) return [{ path: `coverageSteps.${index}.coverage`, message: 'Every step admits more than the one before it.' }]
    return before && step.afterDays <= before.afterDays ? [{ path: `coverageSteps.${index}.afterDays`, message: 'Every step is later than the one before it.' }] : []
  })
}

/** Arms that nobody could ever be in. Where the assignment is made elsewhere, the weights only say what ratio to expect. */
function admission({ arms, coverage, assignment }: ExperimentSetup): RequestIssue[] {
  if (!Number.isFinite(arms.reduce((sum, arm) => sum + arm.weight, 0))) return arms.map((_, index) => ({ path: `arms.${index}.weight`, message: 'The weights are too large to add up: only their ratio counts.' }))
  if (assignment === 'external') return []
  const admitted = wireCoverage(coverage)
  if (admitted === 0) return [{ path: 'coverage', message: 'It admits nobody: raise the coverage above 0%.' }]
  const weights = wireWeights(arms)
  const tiny = weights.flatMap(({ variant, weight }, index) => (weight === 0 ? [{ path: `arms.${index}.weight`, message: `${variant} is less than one in 100,000: raise its weight.` }] : []))
  if (tiny.length > 0) return tiny
  const starved = weights.filter(({ weight }) => Math.floor((weight * admitted) / 100_000) === 0).map(({ variant }) => variant)
  if (starved.length === 0) return []
  return [{ path: 'coverage', message: `It admits so few that ${starved.join(' and ')} get${starved.length === 1 ? 's' : ''} nobody: raise the coverage or ${starved.length === 1 ? 'its weight' : 'their weights'}.` }]
}
