import { finite, isAnswer, mapAnswer, noAnswer, type Answer } from './answer.ts'
import { normalUpperQuantile } from './normal.ts'
import { wilsonInterval, type Interval } from './proportions.ts'

export interface WinRate extends Interval {
  wins: number
  /** Experiments with a final verdict, harmful ones too; never the invalid ones. */
  decided: number
  rate: number
}

/** Share of confirmed experiments among all with a final verdict, with Wilson's 95 % interval. */
export function winRate(verdicts: readonly { kind: string; final: boolean }[]): Answer<WinRate> {
  const decided = verdicts.filter(({ kind, final }) => final && kind !== 'invalid')
  const wins = decided.filter(({ kind }) => kind === 'confirmed').length
  return mapAnswer(wilsonInterval({ x: wins, n: decided.length }, normalUpperQuantile(0.025)), (interval) => ({ ...interval, wins, decided: decided.length, rate: wins / decided.length }))
}

/**
 * Expected share of false findings among the confirmed: with per-side level a and power w, a share pi of ideas that work gives win rate pi w + (1 - pi) a,
 * which is solved for pi. Source: Kohavi, Deng & Vermeer (2022), KDD ("false positive risk").
 *
 * No answer while the win rate is not above what chance alone gives.
 */
export function falseDiscoveryRisk(rate: number, alphaPerSide: number, power: number): Answer<{ trueShare: number; risk: number }> {
  if (!(rate >= 0 && rate <= 1 && alphaPerSide > 0 && alphaPerSide < power && power <= 1)) return noAnswer('invalid_input')
  if (rate <= alphaPerSide) return noAnswer('out_of_reach')
  const trueShare = Math.min(1, (rate - alphaPerSide) / (power - alphaPerSide))
  return finite({ trueShare, risk: Math.min(1, (alphaPerSide * (1 - trueShare)) / rate) })
}

/** What somebody thought the chance of success was, and whether it came. */
export interface Forecast {
  probability: number
  success: boolean
}

export interface CalibrationBin {
  from: number
  to: number
  count: number
  meanForecast: number
  rate: number
  interval: Interval
}

export interface Calibration {
  /** Mean squared error of the forecasts: 0 is clairvoyance, 0.25 a coin. Brier (1950). */
  brier: number
  /** Murphy's (1973) parts over the bins: brier = reliability - resolution + uncertainty, plus what varies within bins. */
  reliability: number
  resolution: number
  uncertainty: number
  /** 1 - brier / uncertainty: better than always naming the base rate; null where every outcome was the same. */
  skill: number | null
  bins: CalibrationBin[]
}

/** How well forecasts held, overall and by equal bins of probability; empty bins are left out. */
export function calibration(forecasts: readonly Forecast[], binCount = 5): Answer<Calibration> {
  if (forecasts.some(({ probability }) => !(probability >= 0 && probability <= 1)) || !(Number.isSafeInteger(binCount) && binCount > 0)) return noAnswer('invalid_input')
  const n = forecasts.length
  if (n === 0) return noAnswer('no_units')
  const base = forecasts.filter(({ success }) => success).length / n
  const brier = forecasts.reduce((sum, { probability, success }) => sum + (probability - (success ? 1 : 0)) ** 2, 0) / n
  const bins: CalibrationBin[] = []
  for (let i = 0; i < binCount; i++) {
    const inside = forecasts.filter(({ probability }) => Math.min(binCount - 1, Math.floor(probability * binCount)) === i)
    const successes = inside.filter(({ success }) => success).length
    const interval = wilsonInterval({ x: successes, n: inside.length }, normalUpperQuantile(0.025))
    if (!isAnswer(interval)) continue
    bins.push({ from: i / binCount, to: (i + 1) / binCount, count: inside.length, meanForecast: inside.reduce((sum, { probability }) => sum + probability, 0) / inside.length, rate: successes / inside.length, interval })
  }
  const weighted = (f: (bin: CalibrationBin) => number) => bins.reduce((sum, bin) => sum + (bin.count / n) * f(bin), 0)
  const uncertainty = base * (1 - base)
  return finite({
    brier, uncertainty, bins,
    reliability: weighted((bin) => (bin.meanForecast - bin.rate) ** 2),
    resolution: weighted((bin) => (bin.rate - base) ** 2),
    skill: uncertainty > 0 ? 1 - brier / uncertainty : null,
  })
}
