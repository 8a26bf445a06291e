import type { ExperimentDetail } from '@assay/server/contract'

/** What was decided, in words. */
export function choiceWords({ choice, variant }: NonNullable<ExperimentDetail['decision']>): string {
  if (choice === 'ship') return `Ship ${variant ?? 'the variant'}`
  return choice === 'remove' ? 'Remove the change' : 'Try again differently'
}
