import type { ExperimentDetail } from '@assay/server/contract'
import { modes } from '../../ui/plan/modes.ts'

type Deviation = ExperimentDetail['deviations'][number]

/** Moves of a running experiment, as people call them. */
const moves: Partial<Record<string, string>> = {
  coverage: 'Share admitted', arms: 'Variants', 'planned units': 'Planned people', 'planned days': 'Planned days', mode: 'How it is read', stopped: 'Stopped', resumed: 'Went on',
}

/** Fields of a hypothesis whose names do not say it. */
const fields: Partial<Record<string, string>> = {
  minimumEffect: 'smallest effect', wrongIf: 'wrong if', rollbackPlan: 'way back', maxExposure: 'largest exposure', maxDays: 'longest duration', primaryMetric: 'deciding metric', secondaryMetrics: 'explaining metrics', relatedTo: 'goes on from',
}

/** What was done after sealing, in words. */
export function deviationName(what: string): string {
  const [kind = '', ...rest] = what.split(' ')
  if (kind !== 'hypothesis') return moves[what] ?? capital(what)
  const field = rest.join(' ')
  return `Hypothesis, ${fields[field] ?? field}`
}

/** A value of it: names of rules are said as everywhere, the rest stands as it was written. */
export function deviationValue({ what }: Pick<Deviation, 'what'>, value: string): string {
  if (what === 'mode' && value in modes) return modes[value as keyof typeof modes].name
  return what.startsWith('planned ') && /^\d+$/.test(value) ? Number(value).toLocaleString('en-GB') : value
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
