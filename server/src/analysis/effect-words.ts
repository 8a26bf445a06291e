import type { ComparisonResult, MetricResult } from '../contract/analysis.ts'
import { isShareType } from './share-types.ts'

/** Every function here has words for every number: what is not finite is unknown, never a number and never an error. */
const UNKNOWN = 'unknown'

/** `19.02 %` for a share; at most two digits after the point, more for small ones. */
export function shareWords(share: number): string {
  return withUnit(decimal(share * 100), '%')
}

/** `+1.23` or `−1.23`: a typographic minus, two significant digits after the leading zeros at least. */
export function signed(value: number): string {
  if (!Number.isFinite(value)) return UNKNOWN
  return `${value < 0 ? '−' : value > 0 ? '+' : ''}${decimal(Math.abs(value))}`
}

export function signedPercent(share: number): string {
  return withUnit(signed(share * 100), '%')
}

function decimal(value: number): string {
  if (!Number.isFinite(value)) return UNKNOWN
  const size = Math.abs(value)
  if (size >= 1e15 || (size > 0 && size < 1e-12)) return powerOfTen(value)
  const digits = size === 0 ? 0 : size >= 100 ? 1 : size >= 0.095 ? 2 : Math.min(12, 1 - Math.floor(Math.log10(size)))
  return value.toLocaleString('en-GB', { maximumFractionDigits: digits }).replace('-', '−')
}

/** `2.5 × 10^200`: written out, such a number would be hundreds of digits. */
function powerOfTen(value: number): string {
  const [digits = '', power = ''] = value.toExponential(1).split('e')
  return `${digits.replace('.0', '').replace('-', '−')} × 10^${Number(power)}`
}

function withUnit(words: string, unit: string): string {
  return words === UNKNOWN ? words : `${words}${unit}`
}

/** A level of the metric in one arm, with its unit: `18.2%` or `52.46 rounds`. */
export function levelWords(metric: Pick<MetricResult, 'type' | 'unitLabel'>, value: number): string {
  return isShareType(metric.type) ? shareWords(value) : withUnit(decimal(value), unitOf(metric))
}

/** A difference with its unit: `−0.82 percentage points`. */
export function differenceWords(metric: Pick<MetricResult, 'type' | 'unitLabel'>, value: number): string {
  return isShareType(metric.type) ? withUnit(signed(value * 100), ' percentage points') : withUnit(signed(value), unitOf(metric))
}

function unitOf({ unitLabel }: Pick<MetricResult, 'unitLabel'>): string {
  return unitLabel === '' ? '' : ` ${unitLabel}`
}

/** Limits of the interval that decides (its own where there is one), absolute and as a lift; null where unknown or unbounded. */
export function decidingLimits(comparison: ComparisonResult): { lower: number | null; upper: number | null; liftLower: number | null; liftUpper: number | null } {
  const { decidedBy } = comparison
  if (!decidedBy) return { lower: comparison.ciLower, upper: comparison.ciUpper, liftLower: comparison.liftLower, liftUpper: comparison.liftUpper }
  return { lower: decidedBy.ciLower, upper: decidedBy.ciUpper, liftLower: decidedBy.liftLower ?? null, liftUpper: decidedBy.liftUpper ?? null }
}

export function pWords(p: number): string {
  if (!Number.isFinite(p)) return `p ${UNKNOWN}`
  return p < 1e-4 ? 'p < 0.0001' : `p = ${p < 0.01 ? p.toPrecision(2) : p.toFixed(3)}`
}
