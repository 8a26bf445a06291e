import type { Cohort } from '@assay/server/contract'
import { plural } from '../../ui/format.ts'

/** `2 flags, 1 hypothesis`: a flag counts once, in however many environments. */
export function usesWords(usedBy: Cohort['usedBy']): string {
  const distinct = (kind: Cohort['usedBy'][number]['kind']) => new Set(usedBy.filter((use) => use.kind === kind).map((use) => use.key)).size
  return [
    [distinct('flag'), 'flag', 'flags'] as const,
    [distinct('change'), 'open change', 'open changes'] as const,
    [distinct('hypothesis'), 'hypothesis', 'hypotheses'] as const,
    [distinct('cohort'), 'cohort', 'cohorts'] as const,
  ].filter(([n]) => n > 0).map(([n, one, many]) => plural(n, one, many)).join(', ')
}
