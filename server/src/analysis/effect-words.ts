import type { ComparisonResult, MetricResult } from '../contract/analysis.ts'

/** `19.02 %` for a share; at most two digits after the point, more for small ones. */
export function shareWords(share: number): string {
  return `${decimal(share * 100)}%`
}

/** `+1.23` or `−1.23`: a typographic minus, two significant digits after the leading zeros at least. */
export function signed(value: number): string {
  return `${value < 0 ? '−' : value > 0 ? '+' : ''}${decimal(Math.abs(value))}`
}

export function signedPercent(share: number): string {
  return `${signed(share * 100)}%`
}

function decimal(value: number): string {
  const size = Math.abs(value)
  const digits = size === 0 ? 0 : size >= 100 ? 1 : size >= 0.095 ? 2 : Math.min(12, 1 - Math.floor(Math.log10(size)))
  return value.toLocaleString('en-GB', { maximumFractionDigits: digits }).replace('-', '−')
}

/** A level of the metric in one arm, with its unit: `18.2%` or `52.46 rounds`. */
export function levelWords(metric: Pick<MetricResult, 'type' | 'unitLabel'>, value: number): string {
  return metric.type === 'conversion' ? shareWords(value) : `${decimal(value)}${metric.unitLabel ? ` ${metric.unitLabel}` : ''}`
}

/** A difference with its unit: `−0.82 percentage points`. */
export function differenceWords(metric: Pick<MetricResult, 'type' | 'unitLabel'>, value: number): string {
  return metric.type === 'conversion' ? `${signed(value * 100)} percentage points` : `${signed(value)}${metric.unitLabel ? ` ${metric.unitLabel}` : ''}`
}

/** Limits of the interval that decides (its own where there is one), absolute and as a lift; null where unknown or unbounded. */
export function decidingLimits(comparison: ComparisonResult): { lower: number | null; upper: number | null; liftLower: number | null; liftUpper: number | null } {
  const { decidedBy } = comparison
  if (!decidedBy) return { lower: comparison.ciLower, upper: comparison.ciUpper, liftLower: comparison.liftLower, liftUpper: comparison.liftUpper }
  return { lower: decidedBy.ciLower, upper: decidedBy.ciUpper, liftLower: decidedBy.liftLower ?? null, liftUpper: decidedBy.liftUpper ?? null }
}

export function pWords(p: number): string {
  return p < 1e-4 ? 'p < 0.0001' : `p = ${p < 0.01 ? p.toPrecision(2) : p.toFixed(3)}`
}
