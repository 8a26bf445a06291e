import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import * as stats from '../../server/src/stats/index.ts'
import { differences, type VectorFile } from '../compare.ts'
import { fns } from '../stats-adapter.ts'
import { engine, runSimulation, type Engine, type Simulation } from './harness.ts'
import { simulations } from './index.ts'

// Simulations prove something only if a wrong formula makes one of them fail. Each mistake here has been made by somebody.
const simulation = (id: string): Simulation => simulations.find((one) => one.id === id) as Simulation
const failures = (id: string, under: Engine, scale: number) => runSimulation(simulation(id), scale, under).filter(({ ok }) => !ok)

const mistakes: [string, string, number, Partial<Engine>][] = [
  ['boundaries of 1.96 at every look', 'F3', 0.3, { groupSequentialBoundaries: (fractions) => ({ z: fractions.map(() => 1.96), alphaSpent: fractions.map(() => 0.025), nominalTwoSidedP: fractions.map(() => 0.05) }) }],
  ['boundaries that spend alpha anew at every look', 'F3', 0.3, { groupSequentialBoundaries: (fractions, alpha = 0.025) => ({ ...stats.groupSequentialBoundaries(fractions, alpha), z: fractions.map((t) => stats.normalUpperQuantile(stats.spentAlpha(t, alpha, 'obf'))) }) }],
  ['an always-valid multiplier without its logarithm', 'F2', 0.2, { alwaysValidMultiplier: (units, rho, alpha) => Math.sqrt(((units * rho + 1) / (units * rho)) * Math.log(1 / (alpha * alpha))) }],
  ['rho tuned to a hundredth of the size, and the logarithm halved', 'F2', 0.3, { alwaysValidMultiplier: (units, rho, alpha) => Math.sqrt(((units * rho + 1) / (units * rho)) * (Math.log(units * rho + 1) / 4 - Math.log(alpha))) }],
  ['variance over n instead of n - 1', 'C1', 0.6, { sampleVariance: ({ n, m2 }) => m2 / n }],
  ['an interval of the lift that ignores the noise of control', 'C2', 0.2, { fiellerLift: (a, b, critical) => stats.fiellerLift({ ...a, v: 0 }, b, critical) }],
  ['quantile ranks half as far apart', 'C4', 0.2, { quantileEstimate: (values, q) => stats.quantileEstimate(values, q, 0.33) }],
  ['a sample ratio read at its chi-square every day', 'S1', 0.2, { sequentialSrm: (looks, weights) => looks.map((counts) => ({ logBayesFactor: 0, p: stats.srmTest(counts, weights).p ?? 1 })).map((look, i, all) => ({ ...look, p: Math.min(...all.slice(0, i + 1).map(({ p }) => p)) })) }],
  ['metrics that are not adjusted for each other', 'M1', 0.2, { adjustPValues: (p) => [...p] }],
  ['a plan sized for one look and read at fourteen', 'P2', 1, { groupSequentialInflation: () => ({ drift: 0, inflationFactor: 1, finalCritical: 1.96 }) }],
  ['guardrails that share no level', 'G1', 1, { harmAlpha: () => 0.2 }],
  ['inverse-propensity weights left out', 'B1', 0.05, { importanceWeighted: (reward, propensity, target) => stats.importanceWeighted(reward, propensity.map(() => 1), target) }],
]

describe('a mistake makes a simulation fail', () => {
  it.each(mistakes)('%s (%s)', (_, id, scale, change) => {
    expect(failures(id, engine, scale)).toEqual([])
    expect(failures(id, { ...engine, ...change }, scale).length).toBeGreaterThan(0)
  })
})

describe('a mistake makes a vector fail', () => {
  const vectors = ['closed-forms', 'references'].flatMap((name) => (JSON.parse(readFileSync(fileURLToPath(new URL(`../stats/${name}.json`, import.meta.url)), 'utf8')) as VectorFile).cases)
  const failing = (fn: string, run: (input: never) => unknown) => vectors.filter((one) => one.fn === fn && differences(run(one.input as never), one.expected, one.tol).length > 0)

  it.each([
    ['a tail taken as one minus the rest', 'chi2.sf', ({ x, df }: { x: number; df: number }) => ({ value: 1 - (1 - stats.chiSquareSurvival(x, df)) })],
    ['a tail that underflows before its logarithm is taken', 't.logsf', ({ t, df }: { t: number; df: number }) => ({ value: Math.log(stats.tSurvival(t, df)) })],
    ['a delta-method lift in place of Fieller', 'liftFieller', ({ a, b, critical }: { a: stats.Sample; b: stats.Sample; critical: number }) => stats.deltaLift(stats.meanEstimate(a), stats.meanEstimate(b), critical)],
    ['a split test that counts arms without weight', 'srm', ({ counts, weights }: { counts: number[]; weights: number[] }) => ({ ...stats.srmTest(counts, weights), df: weights.length - 1 })],
    ['a plan that forgets what CUPED takes out', 'requiredUnits', (input: stats.PlanQuestion) => stats.requiredUnits({ ...input, covariateR2: 0 })],
    ['small strata that are dropped', 'postStratifyMerged', ({ strata }: { strata: { key: string; a: number[]; b: number[] }[] }) => stats.postStratify(strata.filter(({ a, b }) => Math.min(a.length, b.length) >= 10))],
  ] as [string, string, (input: never) => unknown][])('%s', (_, fn, wrong) => {
    expect(failing(fn, fns[fn] as (input: never) => unknown)).toEqual([])
    expect(failing(fn, wrong).length).toBeGreaterThan(0)
  })
})
