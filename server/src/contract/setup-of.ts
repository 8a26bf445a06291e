import type { ExperimentSetup } from './experiments.ts'

/** The fields of a set-up alone, out of an experiment that has more. */
export function setupOf(experiment: ExperimentSetup): ExperimentSetup {
  const { flag, environment, unitType, assignment, arms, control, coverage, layer, mode, plannedUnits, plannedDays, minDays, alpha, power, cupedDays, spending, tunedUnits, coverageSteps } = experiment
  return {
    flag, environment, unitType, assignment, arms, control, coverage, ...(layer ? { layer } : {}), mode, plannedUnits, plannedDays, minDays, alpha, power,
    ...(cupedDays === undefined ? {} : { cupedDays }), ...(spending ? { spending } : {}), ...(tunedUnits === undefined ? {} : { tunedUnits }), ...(coverageSteps ? { coverageSteps } : {}),
  }
}
