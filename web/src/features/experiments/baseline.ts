import type { ExperimentDetail } from '@assay/server/contract'

export interface Baseline {
  level: number
  sd: number | null
  /** The experiment whose control it was. */
  from: string
}

/** Level and spread of a metric under control, as the first of the experiments given that measured it saw it. */
export function baselineOf(metric: string, experiments: readonly ExperimentDetail[]): Baseline | null {
  for (const { key, analysis } of experiments) {
    const control = analysis?.metrics.find((other) => other.key === metric)?.arms.find((arm) => arm.arm === analysis.control)
    if (control && control.mean !== null && control.n > 0) return { level: control.mean, sd: control.variance === null ? null : Math.sqrt(control.variance), from: key }
  }
  return null
}
