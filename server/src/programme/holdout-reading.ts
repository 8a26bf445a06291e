import type { Analysis, MetricResult } from '../contract/analysis.ts'
import type { Holdout } from '../contract/layers.ts'
import type { Programme } from '../contract/programme.ts'
import { percentWords, plural } from './words.ts'

type Reading = Programme['holdouts'][number]

const nothing = {
  nothing_shipped: 'Nothing was shipped after an experiment yet: there is nothing to hold anybody out of.',
  away: 'The event store does not answer: the comparison is shown again when it does.',
} as const

/** What a holdout says about everything that was shipped. The effect is that of taking part, against those held out; never a number from data that are not sound. */
export function holdoutReading(holdout: Holdout, environment: string, analysis: Pick<Analysis, 'arms' | 'metrics' | 'srm' | 'crossedUnits' | 'lastExposureAt' | 'verdict'> | keyof typeof nothing): Reading {
  const about = { key: holdout.key, name: holdout.name, share: (holdout.to - holdout.from) / 100_000, since: holdout.createdAt, environment }
  if (typeof analysis === 'string') return { ...about, held: 0, open: 0, lastAt: null, sentence: nothing[analysis], metrics: [] }
  const people = (arm: string) => analysis.arms.find((each) => each.arm === arm)?.n ?? 0
  const counted = { ...about, held: people('held'), open: people('open'), lastAt: analysis.lastExposureAt }
  if (counted.held === 0 || counted.open === 0) return { ...counted, sentence: `${counted.held + counted.open === 0 ? 'Nobody has met' : 'Only one side has met'} anything that was shipped since it began: there is nothing to compare yet.`, metrics: [] }
  if (analysis.verdict.kind === 'invalid') return { ...counted, sentence: `${plural(counted.held, 'person was', 'people were')} held out and ${counted.open} were not, which is not the split that was asked for: no effect is shown. ${analysis.verdict.sentence}`, metrics: [] }
  const metrics = analysis.metrics.map(readMetric)
  return { ...counted, sentence: `${plural(counted.held, 'person was', 'people were')} held out and ${counted.open} were not. What was shipped since it began, all of it together:`, metrics }
}

function readMetric({ key, name, direction, comparisons }: MetricResult): Reading['metrics'][number] {
  const comparison = comparisons.find(({ arm }) => arm === 'open')
  // Looked at whenever somebody likes: only the interval that allows for that.
  const lower = comparison?.decidedBy?.liftLower ?? comparison?.liftLower ?? null
  const upper = comparison?.decidedBy?.liftUpper ?? comparison?.liftUpper ?? null
  const lift = comparison?.lift ?? null
  if (lift === null) return { metric: key, name, direction, effect: null, sentence: `There is no answer for ${name} yet.` }
  const range = lower === null || upper === null ? 'how far is open' : `between ${percentWords(lower)} and ${percentWords(upper)}`
  return { metric: key, name, direction, effect: { lift, lower, upper }, sentence: `${name} is ${percentWords(lift)} for those who take part, ${range}.` }
}

