import type { ExperimentSummary, Holdout } from '@assay/server/contract'
import { count, percent, plural } from '../../ui/format.ts'
import { WHOLE } from '../../ui/serve/serve-words.ts'

export function shareOf({ from, to }: Pick<Holdout, 'from' | 'to'>): number {
  return (to - from) / WHOLE
}

/** What holding out a share does from now on, point by point. */
export function holdoutConsequences(share: number, running: readonly Pick<ExperimentSummary, 'key' | 'people'>[]): string[] {
  const longer = 1 / (1 - share) - 1
  const met = running.reduce((sum, { people }) => sum + people, 0)
  const names = running.map(({ key }) => key)
  return [
    `${percent(share)} of people, the same in every environment, take part in no experiment and get nothing that an experiment ships. They go on to the rules below.`,
    running.length === 0
      ? 'No experiment runs now, so nobody is taken out of one.'
      : `${names.length === 1 ? `${names[0]} runs` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)} run`} now and ${names.length === 1 ? 'has' : 'have'} met ${plural(met, 'person', 'people')}: about ${count(Math.round(met * share))} of them leave at once, and may see something else than before.`,
    `An experiment needs about ${percent(longer, longer < 0.1 ? 1 : 0)} more time to meet as many people.`,
    'People held out and people in are compared for as long as it is in force: that is what all experiments together amount to.',
  ]
}

/** What releasing one means. */
export function releaseConsequences(share: number, isLast: boolean): string[] {
  return [
    `Its ${percent(share)} of people take part in experiments again, from the next request on.`,
    isLast ? 'They also get what experiments shipped while it was in force. It is the only holdout, so this is for everybody, whatever is held out later.' : 'Where no other holdout keeps them out, they also get what experiments shipped while it was in force.',
    'The comparison of people held out and people in ends. What was measured is kept under its key, and the key is not used again.',
  ]
}
