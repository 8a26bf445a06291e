import { finite, noAnswer, type Answer, type NoAnswer } from './answer.ts'
import { chiSquareSurvival } from './chi-square.ts'
import { normalSurvival } from './normal.ts'

export interface CochranQ {
  pooled: number
  se: number
  Q: number
  df: number
  p: number
  /** Share of the variation beyond chance, 0 to 1. */
  I2: number
}

/** Cochran's test of H0: all values of a dimension (or all experiments) have the same effect. Independent normal estimates with known standard errors. Source: Cochran (1954), Biometrics 10. */
export function cochranQ(effects: readonly number[], ses: readonly number[]): Answer<CochranQ> {
  const missing = missingEffects(effects, ses, 1)
  if (missing) return missing
  const weights = ses.map((se) => 1 / (se * se))
  const total = weights.reduce((sum, w) => sum + w, 0)
  const pooled = weights.reduce((sum, w, i) => sum + w * (effects[i] as number), 0) / total
  const Q = weights.reduce((sum, w, i) => sum + w * ((effects[i] as number) - pooled) ** 2, 0)
  const df = effects.length - 1
  return finite({ pooled, se: Math.sqrt(1 / total), Q, df, p: df > 0 ? chiSquareSurvival(Q, df) : 1, I2: Q > 0 ? Math.max(0, (Q - df) / Q) : 0 })
}

/** Why independent normal estimates with known standard errors cannot be read together. */
function missingEffects(effects: readonly number[], ses: readonly number[], atLeast: number): NoAnswer | null {
  if (effects.length !== ses.length || effects.some((effect) => !Number.isFinite(effect)) || ses.some((se) => !(se > 0 && se < Infinity))) return noAnswer('invalid_input')
  return effects.length < atLeast ? noAnswer('too_few_units') : null
}

/** Gail and Simon's test of H0: no reversal of sign between groups (all effects >= 0 or all <= 0). Source: Gail & Simon (1985), Biometrics 41. */
export function gailSimon(effects: readonly number[], ses: readonly number[]): Answer<{ qPlus: number; qMinus: number; p: number }> {
  const missing = missingEffects(effects, ses, 1)
  if (missing) return missing
  let qPlus = 0
  let qMinus = 0
  effects.forEach((effect, i) => {
    const square = (effect / (ses[i] as number)) ** 2
    if (effect > 0) qPlus += square
    else qMinus += square
  })
  const smaller = Math.min(qPlus, qMinus)
  if (smaller === 0) return finite({ qPlus, qMinus, p: 1 })
  const k = effects.length - 1
  let p = 0
  let weight = 0.5 ** k
  for (let h = 1; h <= k; h++) {
    weight *= (k - h + 1) / h
    p += weight * chiSquareSurvival(smaller, h)
  }
  return finite({ qPlus, qMinus, p })
}

export interface Trend {
  slope: number
  se: number
  z: number
  p: number
  intercept: number
}

/** Weighted least squares of the effect on ln(day since first exposure), weights 1 / se^2: H0 no novelty or primacy. Days count from 1. */
export function noveltyTrend(dayIndex: readonly number[], effects: readonly number[], ses: readonly number[]): Answer<Trend> {
  const missing = missingEffects(effects, ses, 2)
  if (missing) return missing
  if (dayIndex.length !== effects.length || dayIndex.some((day) => !(day >= 1))) return noAnswer('invalid_input')
  const weights = ses.map((se) => 1 / (se * se))
  const x = dayIndex.map((day) => Math.log(day))
  const total = weights.reduce((sum, w) => sum + w, 0)
  const meanX = weights.reduce((sum, w, i) => sum + w * (x[i] as number), 0) / total
  const meanY = weights.reduce((sum, w, i) => sum + w * (effects[i] as number), 0) / total
  const sxx = weights.reduce((sum, w, i) => sum + w * ((x[i] as number) - meanX) ** 2, 0)
  if (sxx === 0) return noAnswer('zero_variance')
  const slope = weights.reduce((sum, w, i) => sum + w * ((x[i] as number) - meanX) * ((effects[i] as number) - meanY), 0) / sxx
  const se = Math.sqrt(1 / sxx)
  return finite({ slope, se, z: slope / se, p: 2 * normalSurvival(Math.abs(slope / se)), intercept: meanY - slope * meanX })
}
