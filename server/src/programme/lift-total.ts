import type { Programme } from '../contract/programme.ts'
import { answerOrNull, cumulativeLift, normalUpperQuantile, randomEffects, shrinkEffect, winnersCurse } from '../stats/index.ts'
import type { ProgrammeFact } from './programme-facts.ts'
import { percentWords, plural, rangeWords } from './words.ts'

const Z = normalUpperQuantile(0.025)

interface Estimate {
  fact: ProgrammeFact
  /** In the preferred direction. */
  lift: number
  se: number
}

/** Lifts of one metric with a standard error, turned so that more is better. */
function estimatesOf(facts: readonly ProgrammeFact[]): Estimate[] {
  return facts.flatMap((fact) => {
    const { effect, metric } = fact
    if (effect === null || effect.lower === null || effect.upper === null || effect.upper <= effect.lower) return []
    return [{ fact, lift: metric.direction === 'increase' ? effect.lift : -effect.lift, se: (effect.upper - effect.lower) / 2 / Z }]
  })
}

/** The lift of an experiment drawn towards what the others on its metric found; null below three others, where they do not say what is usual. */
function shrunk(estimates: readonly Estimate[], index: number): { lift: number; se: number } | null {
  const own = estimates[index]
  const others = estimates.filter((_, at) => at !== index)
  if (!own || others.length < 3) return null
  const usual = answerOrNull(randomEffects(others.map(({ lift }) => lift), others.map(({ se }) => se * se)))
  const drawn = usual && answerOrNull(shrinkEffect(own.lift, own.se, usual.pm))
  return drawn && { lift: drawn.effect, se: drawn.se }
}

export interface LiftTotals {
  metrics: Programme['metrics']
  /** Shrunk lifts by experiment, in the direction as measured. */
  shrunk: ReadonlyMap<string, number>
}

/**
 * Per metric: what the lifts that cleared the bar add up to, before and after the bias of having picked them is taken away (Lee & Shen 2018, over all
 * experiments), and what the shipped ones compound to when each is drawn towards the usual. docs/learnings.md has the formulas.
 */
export function liftTotals(facts: readonly ProgrammeFact[]): LiftTotals {
  const drawn = new Map<string, number>()
  const metrics = [...new Set(facts.map(({ metric }) => `${metric.key} ${metric.direction}`))].map((group) => {
    const own = facts.filter(({ metric }) => `${metric.key} ${metric.direction}` === group)
    const [{ metric }] = own as [ProgrammeFact]
    const estimates = estimatesOf(own)
    const curse = answerOrNull(winnersCurse(estimates.map(({ lift }) => lift), estimates.map(({ se }) => se), Z))
    const cleared = estimates.filter(({ lift, se }) => lift > Z * se)
    const half = Z * Math.sqrt(cleared.reduce((sum, { se }) => sum + se * se, 0))
    const shipped = estimates.flatMap((estimate, index) => {
      const usual = shrunk(estimates, index)
      if (usual) drawn.set(estimate.fact.key, metric.direction === 'increase' ? usual.lift : -usual.lift)
      return estimate.fact.shipped ? [{ lift: usual?.lift ?? estimate.lift, se: usual?.se ?? estimate.se, isShrunk: usual !== null }] : []
    })
    const total = shipped.length === 0 ? null : answerOrNull(cumulativeLift(shipped.map(({ lift }) => lift), shipped.map(({ se }) => se)))
    const compound = total && { lift: total.compound, lower: Math.expm1(Math.log1p(total.compound) - Z * total.logSe), upper: Math.expm1(Math.log1p(total.compound) + Z * total.logSe) }
    const corrected = curse === null || cleared.length === 0 ? null : { total: curse.corrected, lower: curse.corrected - half, upper: curse.corrected + half }
    return {
      metric: metric.key,
      name: metric.name,
      direction: metric.direction,
      experiments: estimates.length,
      raw: curse === null || cleared.length === 0 ? null : curse.selectedSum,
      corrected,
      shipped: shipped.length,
      compound,
      sentence: `${curseWords(cleared.length, estimates.length, curse?.selectedSum ?? 0, corrected)} ${compoundWords(shipped, compound)}`,
    }
  })
  return { metrics, shrunk: drawn }
}

function curseWords(cleared: number, of: number, raw: number, corrected: { total: number; lower: number; upper: number } | null): string {
  if (of === 0) return 'No experiment has an estimate with an interval.'
  if (corrected === null) return `None of ${plural(of, 'lift')} cleared the bar.`
  return `${cleared} of ${plural(of, 'lift')} cleared the bar and add up to ${percentWords(raw)}. Picking the best flatters: without that it is about ${percentWords(corrected.total)}, between ${rangeWords(corrected)}.`
}

function compoundWords(shipped: readonly { isShrunk: boolean }[], compound: { lift: number; lower: number; upper: number } | null): string {
  if (compound === null) return 'Nothing was shipped after a final verdict.'
  const how = shipped.every(({ isShrunk }) => isShrunk) ? 'Each drawn towards what is usual, they' : 'Too few have finished to say what is usual, so as measured they'
  return `${plural(shipped.length, 'change was', 'changes were')} shipped. ${how} compound to ${percentWords(compound.lift)}, between ${rangeWords(compound)}.`
}
