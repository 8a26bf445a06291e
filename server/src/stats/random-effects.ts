import { finite, noAnswer, type Answer } from './answer.ts'
import { chiSquareSurvival } from './chi-square.ts'
import { tUpperQuantile } from './student-t.ts'

export interface PooledEffect {
  tau2: number
  mean: number
  se: number
}

export interface RandomEffects {
  fixed: { mean: number; se: number }
  Q: number
  df: number
  pQ: number
  I2: number
  /** DerSimonian-Laird and Paule-Mandel. */
  dl: PooledEffect
  pm: PooledEffect
  /** Empirical-Bayes effects under Paule-Mandel: (y tau^2 + v mu) / (tau^2 + v). */
  shrunk: number[]
  /** 95 % interval of the effect of a further experiment, t with k - 2 degrees of freedom; null below three. */
  predictionLower: number | null
  predictionUpper: number | null
}

/**
 * Random-effects meta-analysis of effects `y` with variances `v`: how a programme of experiments moves a metric.
 *
 * Effects vary normally around a mean. Sources: DerSimonian & Laird (1986); Paule & Mandel (1982); Higgins, Thompson & Spiegelhalter (2009) for the prediction interval.
 */
export function randomEffects(y: readonly number[], v: readonly number[]): Answer<RandomEffects> {
  const k = y.length
  if (v.length !== k || y.some((effect) => !Number.isFinite(effect)) || v.some((variance) => !(variance > 0 && variance < Infinity))) return noAnswer('invalid_input')
  if (k === 0) return noAnswer('no_units')
  const fixed = pool(y, v, 0)
  const Q = spread(y, v, 0)
  const df = k - 1
  const weights = v.map((variance) => 1 / variance)
  const sum = weights.reduce((total, w) => total + w, 0)
  const squares = weights.reduce((total, w) => total + w * w, 0)
  const dlTau2 = df > 0 ? Math.max(0, (Q - df) / (sum - squares / sum)) : 0
  const pm = pool(y, v, pauleMandel(y, v))
  const half = k > 2 ? tUpperQuantile(0.025, k - 2) * Math.sqrt(pm.tau2 + pm.se * pm.se) : null
  return finite({
    fixed: { mean: fixed.mean, se: fixed.se },
    Q, df,
    pQ: df > 0 ? chiSquareSurvival(Q, df) : 1,
    I2: Q > 0 ? Math.max(0, (Q - df) / Q) : 0,
    dl: pool(y, v, dlTau2),
    pm,
    shrunk: y.map((effect, i) => (effect * pm.tau2 + (v[i] as number) * pm.mean) / (pm.tau2 + (v[i] as number))),
    predictionLower: half === null ? null : pm.mean - half,
    predictionUpper: half === null ? null : pm.mean + half,
  })
}

function pool(y: readonly number[], v: readonly number[], tau2: number): PooledEffect {
  const weights = v.map((variance) => 1 / (variance + tau2))
  const sum = weights.reduce((total, w) => total + w, 0)
  return { tau2, mean: weights.reduce((total, w, i) => total + w * (y[i] as number), 0) / sum, se: Math.sqrt(1 / sum) }
}

/** Generalised Q at tau^2; falls with tau^2. */
function spread(y: readonly number[], v: readonly number[], tau2: number): number {
  const { mean } = pool(y, v, tau2)
  return y.reduce((total, effect, i) => total + (effect - mean) ** 2 / ((v[i] as number) + tau2), 0)
}

function pauleMandel(y: readonly number[], v: readonly number[]): number {
  const df = y.length - 1
  if (df < 1 || spread(y, v, 0) <= df) return 0
  let low = 0
  let high = Math.max(...v)
  while (spread(y, v, high) > df) high *= 2
  for (let i = 0; i < 200 && high - low > 1e-15 * high; i++) {
    const middle = (low + high) / 2
    if (spread(y, v, middle) > df) low = middle
    else high = middle
  }
  return (low + high) / 2
}
