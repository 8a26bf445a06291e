import type { ExperimentSetup } from '../contract/experiments.ts'
import type { RequestIssue } from '../contract/errors.ts'

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
  if (setup.mode !== 'always_valid' && setup.plannedUnits === null && setup.plannedDays === null) {
    issues.push({ path: 'plannedUnits', message: 'Plan how many people or how many days, or choose a mode that may run open-ended.' })
  }
  return issues
}
