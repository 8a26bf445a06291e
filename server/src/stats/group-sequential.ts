import { normalDensity, normalSurvival, normalUpperQuantile } from './normal.ts'
import { gaussLegendre } from './quadrature.ts'

export type Spending = 'obf' | 'pocock' | 'power2'

/** No boundary is drawn further out: beyond 9 standard errors nothing is decided by chance, and nothing should be decided by an early look either. */
const cap = 9
/** Half-width of the normal support that is integrated, in standard deviations. */
const reach = 9

/**
 * Share of the one-sided level `alpha` that may be spent up to information fraction `t`: O'Brien-Fleming type 2 sf(z_{alpha/2} / sqrt t)
 * (for a two-sided level of 2 alpha), Pocock type, or alpha t^2. Nothing more after t = 1. Source: Lan & DeMets (1983), Biometrika 70.
 */
export function spentAlpha(t: number, alpha: number, spending: Spending): number {
  if (t >= 1) return alpha
  if (!(t > 0)) return 0
  if (spending === 'obf') return 2 * normalSurvival(normalUpperQuantile(alpha / 2) / Math.sqrt(t))
  if (spending === 'pocock') return alpha * Math.log1p((Math.E - 1) * t)
  return alpha * t * t
}

/** The sub-density of S = Z sqrt(t) on the paths that have not crossed, as quadrature points and masses. */
interface Density {
  t: number
  points: Float64Array
  masses: Float64Array
}

/** Upper boundaries of z at the looks for a cumulative one-sided alpha spent at each: exceeded under H0 with exactly that probability. */
export function boundariesForAlphas(fractions: readonly number[], cumulativeAlpha: readonly number[]): number[] {
  const bounds: number[] = []
  let density: Density | null = null
  fractions.forEach((t, k) => {
    const target = (cumulativeAlpha[k] as number) - (k === 0 ? 0 : (cumulativeAlpha[k - 1] as number))
    const bound = density === null ? (target > 0 ? Math.min(cap, normalUpperQuantile(target)) : cap) : solveBound(density, t, target)
    bounds.push(bound)
    if (k + 1 < fractions.length) density = advance(density, t, -Infinity, bound, 0, (fractions[k + 1] as number) - t)
  })
  return bounds
}

export interface GroupSequentialDesign {
  z: number[]
  alphaSpent: number[]
  nominalTwoSidedP: number[]
}

/**
 * Lan-DeMets boundaries on the z scale for looks at increasing information `fractions`, one-sided at `alpha` (mirror it for a two-sided test at 2 alpha).
 *
 * H0: no drift. The boundary at a look depends on the times of the looks so far, never on outcomes. After the planned size only unspent alpha is left.
 * Computed by recursive integration (Armitage, McPherson & Rowe 1969) with composite Gauss-Legendre panels.
 */
export function groupSequentialBoundaries(fractions: readonly number[], alpha = 0.025, spending: Spending = 'obf'): GroupSequentialDesign {
  const alphaSpent = fractions.map((t) => spentAlpha(t, alpha, spending))
  const z = boundariesForAlphas(fractions, alphaSpent)
  return { z, alphaSpent, nominalTwoSidedP: z.map((bound) => 2 * normalSurvival(bound)) }
}

/** Probability of having crossed the upper boundary by each look, when z drifts by `drift` at full information. */
export function crossingProbabilities(fractions: readonly number[], bounds: readonly number[], drift = 0): number[] {
  let density: Density | null = null
  let total = 0
  return fractions.map((t, k) => {
    const bound = bounds[k] as number
    total += crossed(density, t, bound, drift)
    if (k + 1 < fractions.length) density = advance(density, t, -Infinity, bound, drift, (fractions[k + 1] as number) - t)
    return total
  })
}

/** Chance of at least one |z| above `z` in `looks` equally spaced looks without any effect: what peeking at a fixed test costs. */
export function peekingFalsePositiveRate(looks: number, z: number): number {
  let density: Density | null = null
  let total = 0
  for (let k = 1; k <= looks; k++) {
    // By symmetry each side is crossed equally often.
    total += 2 * crossed(density, k / looks, z, 0)
    if (k < looks) density = advance(density, k / looks, -z, z, 0, 1 / looks)
  }
  return total
}

function crossed(before: Density | null, t: number, bound: number, drift: number): number {
  const edge = bound * Math.sqrt(t)
  if (before === null) return normalSurvival((edge - drift * t) / Math.sqrt(t))
  const step = t - before.t
  const sd = Math.sqrt(step)
  let sum = 0
  for (let i = 0; i < before.points.length; i++) sum += (before.masses[i] as number) * normalSurvival((edge - (before.points[i] as number) - drift * step) / sd)
  return sum
}

/** Newton's method on ln P(crossing), which is concave in the bound. */
function solveBound(before: Density, t: number, target: number): number {
  if (!(target > 0) || crossed(before, t, cap, 0) >= target) return cap
  const root = Math.sqrt(t)
  const sd = Math.sqrt(t - before.t)
  let low = -reach
  let high = cap
  let bound = Math.min(cap, normalUpperQuantile(Math.min(0.5, target)))
  for (let iteration = 0; iteration < 200; iteration++) {
    let mass = 0
    let slope = 0
    for (let i = 0; i < before.points.length; i++) {
      const u = (bound * root - (before.points[i] as number)) / sd
      mass += (before.masses[i] as number) * normalSurvival(u)
      slope += ((before.masses[i] as number) * normalDensity(u) * root) / sd
    }
    if (mass > target) low = bound
    else high = bound
    let next = mass > 0 && slope > 0 ? bound + (Math.log(mass / target) * mass) / slope : NaN
    if (!(next > low && next < high)) next = (low + high) / 2
    if (Math.abs(next - bound) < 1e-13 || high - low < 1e-13) return next
    bound = next
  }
  return bound
}

/** Propagates the surviving sub-density to time t and keeps what lies between the bounds. `nextStep` sets how fine the grid must be. */
function advance(before: Density | null, t: number, lower: number, upper: number, drift: number, nextStep: number): Density {
  const root = Math.sqrt(t)
  const step = before === null ? t : t - before.t
  const sd = Math.sqrt(step)
  const from = Math.max(drift * t - reach * root, lower * root)
  const to = Math.max(from, Math.min(drift * t + reach * root, upper * root))
  const panel = 0.9 * Math.sqrt(Math.min(step, nextStep))
  const panels = Math.max(1, Math.ceil((to - from) / panel))
  const { nodes, weights } = gaussLegendre(12)
  const points = new Float64Array(panels * 12)
  const masses = new Float64Array(panels * 12)
  const half = (to - from) / panels / 2
  let start = 0
  for (let p = 0; p < panels; p++) {
    for (let i = 0; i < 12; i++) {
      // Ascending points let the window of contributing predecessors slide.
      const at = p * 12 + i
      const u = from + half * (2 * p + 1 - (nodes[i] as number))
      points[at] = u
      let density = 0
      if (before === null) density = normalDensity((u - drift * t) / root) / root
      else {
        const { points: knots, masses: mass } = before
        const centre = u - drift * step
        while (start < knots.length && (knots[start] as number) < centre - reach * sd) start++
        for (let j = start; j < knots.length; j++) {
          const distance = (centre - (knots[j] as number)) / sd
          if (distance < -reach) break
          density += (mass[j] as number) * Math.exp(-0.5 * distance * distance)
        }
        // The constant of the normal density, once.
        density *= normalDensity(0) / sd
      }
      masses[at] = density * half * (weights[i] as number)
    }
  }
  return { t, points, masses }
}
