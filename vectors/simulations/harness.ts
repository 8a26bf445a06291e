import { seededRandom, type SeededRandom } from '../../server/src/stats/seeded-random.ts'
import * as stats from '../../server/src/stats/index.ts'

/** The functions under test. A mutation check passes others in their place. */
export type Engine = typeof stats
export const engine: Engine = stats

/** What a simulated figure must be; Monte Carlo noise of three standard errors is added to every limit. */
export type Target = { about: number; give?: number } | { atMost: number } | { atLeast: number } | { from: number; to: number }

export interface Figure {
  id: string
  what: string
  value: number
  /** Monte Carlo standard error; 0 for what is exact. */
  error: number
  target: Target
  sims: number
  ok: boolean
  unit: 'share' | 'number'
}

export interface Run {
  engine: Engine
  random: SeededRandom
  /** Simulations to run where the CI size is `n`. */
  sims(n: number): number
}

export interface Simulation {
  id: string
  about: string
  run(run: Run): Figure[]
}

/** Runs a simulation with its own seed, so that leaving one out changes no other. `scale` 1 is the size of CI, 10 that of a night. */
export function runSimulation({ id, run }: Simulation, scale = 1, under: Engine = engine): Figure[] {
  const seed = [...id].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7)
  return run({ engine: under, random: seededRandom(seed), sims: (n) => Math.max(1, Math.round(n * scale)) })
}

/** A share of simulations. */
export function rate(id: string, what: string, hits: number, sims: number, target: Target): Figure {
  const value = hits / sims
  // The limit's own spread where the rate is 0 or 1, so that a rate of 0 does not pass for exact.
  const p = Math.min(1 - 1 / sims, Math.max(1 / sims, value))
  return judged({ id, what, value, error: Math.sqrt((p * (1 - p)) / sims), target, sims, unit: 'share' })
}

/** A mean over simulations. */
export function average(id: string, what: string, values: ArrayLike<number>, target: Target, unit: Figure['unit'] = 'number'): Figure {
  const moments = stats.momentsOf(values)
  return judged({ id, what, value: moments.mean, error: Math.sqrt(stats.sampleVariance(moments) / moments.n), target, sims: moments.n, unit })
}

/** A figure without noise. */
export function exact(id: string, what: string, value: number, target: number): Figure {
  return judged({ id, what, value, error: 0, target: { about: target }, sims: 1, unit: 'number' })
}

function judged(figure: Omit<Figure, 'ok'>): Figure {
  return { ...figure, ok: meets(figure.value, 3 * figure.error, figure.target) }
}

function meets(value: number, noise: number, target: Target): boolean {
  if ('about' in target) return Math.abs(value - target.about) <= noise + (target.give ?? 0)
  if ('atMost' in target) return value <= target.atMost + noise
  if ('atLeast' in target) return value >= target.atLeast - noise
  return value >= target.from - noise && value <= target.to + noise
}

/** One line: id, figure, Monte Carlo error and target. */
export function printed({ id, what, value, error, target, sims, ok, unit }: Figure): string {
  const show = (x: number) => (unit === 'share' ? `${(100 * x).toFixed(Math.abs(x) < 0.01 ? 3 : 2)} %` : String(Number(x.toPrecision(4))))
  const wanted = 'about' in target ? `${show(target.about)}${target.give ? ` +- ${show(target.give)}` : ''}` : 'atMost' in target ? `at most ${show(target.atMost)}` : 'atLeast' in target ? `at least ${show(target.atLeast)}` : `${show(target.from)} to ${show(target.to)}`
  return `${ok ? 'ok    ' : 'FAILED'} ${id.padEnd(3)} ${what.padEnd(66)} ${show(value).padStart(9)} +- ${show(error).padEnd(8)} (${wanted}${sims > 1 ? `; ${sims.toLocaleString('en-GB')} sims` : ''})`
}

/** z after each of `looks` equal steps of a Brownian motion that drifts by `drift` by the end. */
export function path(random: SeededRandom, looks: number, drift = 0): Float64Array {
  const zs = new Float64Array(looks)
  const step = 1 / Math.sqrt(looks)
  let sum = 0
  for (let k = 0; k < looks; k++) {
    sum += random.normal() * step + drift / looks
    zs[k] = sum / Math.sqrt((k + 1) / looks)
  }
  return zs
}

export function equalLooks(looks: number): number[] {
  return Array.from({ length: looks }, (_, k) => (k + 1) / looks)
}

/** First look at which |z| exceeds its bound; -1: none. */
export function firstCrossing(zs: ArrayLike<number>, bounds: ArrayLike<number>): number {
  for (let k = 0; k < zs.length; k++) if (Math.abs(zs[k] as number) > (bounds[k] as number)) return k
  return -1
}

/** Multipliers of the always-valid interval at equal looks up to `units`, tuned to `tuned` units. */
export function alwaysValidBounds(under: Engine, looks: number, units: number, tuned: number, alpha = 0.05): number[] {
  const rho = under.tuneRhoSquared(alpha, tuned)
  return equalLooks(looks).map((t) => under.alwaysValidMultiplier(t * units, rho, alpha))
}

export function draw(n: number, one: () => number): Float64Array {
  const values = new Float64Array(n)
  for (let i = 0; i < n; i++) values[i] = one()
  return values
}

export function sampleOf(under: Engine, values: ArrayLike<number>): stats.Sample {
  const moments = under.momentsOf(values)
  return { n: moments.n, mean: moments.mean, variance: under.sampleVariance(moments) }
}
