import type { Evaluation, Flag, Ruleset } from '../core/index.ts'

/** What hooks and telemetry learn of an evaluation: the same texts as over OFREP. */
export function flagMetadata({ project, environment }: Ruleset, flag: Flag | undefined, evaluation: Pick<Evaluation, 'experiment' | 'phase' | 'unitType'>): Record<string, string> {
  const { experiment, phase, unitType } = evaluation
  const exposed = experiment === undefined || phase === undefined || unitType === undefined ? {} : { experiment, phase: String(phase), unitType }
  return { flagSetId: `${project}/${environment}`, ...(flag ? { version: String(flag.revision) } : {}), ...exposed }
}
