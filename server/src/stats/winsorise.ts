import { finite, noAnswer, type Answer } from './answer.ts'
import { momentsOf, sampleVariance } from './moments.ts'
import { rankOf } from './quantile.ts'

export interface Winsorised {
  cap: number
  mean: number
  /** null for a single value. */
  variance: number | null
  /** How many values were lowered to the cap. */
  nCapped: number
}

/**
 * Caps values at their ceil(n q)-th order statistic; by default of the non-zero values only, so that a cap means the same whether 1 % or 50 % of units are active.
 *
 * `zeros` counts further units with value 0. Use the cap of the POOLED arms, or the arms are capped differently. No answer where there is nothing to cap.
 */
export function winsorise(nonZero: readonly number[], zeros: number, q: number, ignoreZeros = true): Answer<Winsorised> {
  if (!(q > 0 && q <= 1) || !Number.isSafeInteger(zeros) || zeros < 0) return noAnswer('invalid_input')
  if (nonZero.length === 0) return noAnswer('no_units')
  const sorted = Float64Array.from(nonZero).sort()
  const hidden = ignoreZeros ? 0 : zeros
  const rank = rankOf(sorted.length + hidden, q)
  const negative = sorted.findIndex((value) => value > 0)
  const firstPositive = negative === -1 ? sorted.length : negative
  const cap = rank <= firstPositive ? (sorted[rank - 1] as number) : rank <= firstPositive + hidden ? 0 : (sorted[rank - hidden - 1] as number)
  const capped = [...nonZero.map((value) => Math.min(value, cap)), ...new Array<number>(zeros).fill(0)]
  const moments = momentsOf(capped)
  return finite({ cap, mean: moments.mean, variance: moments.n > 1 ? sampleVariance(moments) : null, nCapped: nonZero.filter((value) => value > cap).length })
}
