import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { alwaysValidP, answerOrNull, fiellerLift, groupSequentialBoundaries, meanEstimate, newcombeInterval, normalUpperQuantile, pooledScoreTest, proportionSample, requireAnswer, runningAlwaysValidP, srmTest, tuneRhoSquared, welchTest, type Sample } from '../server/src/stats/index.ts'

const folder = fileURLToPath(new URL('../../shared/data/', import.meta.url))
const read = <T>(name: string) => JSON.parse(readFileSync(`${folder}${name}/results.json`, 'utf8')) as T

interface RecordedArm { n: number; successes?: number; conversions?: number; visits?: number; mean?: number; variance?: number }
interface Welch { diff: number; se: number; t: number; df: number; p: number; ciLower: number; ciUpper: number; lift: number; liftFieller: [number, number] }
interface Recorded {
  control?: string
  srm?: { counts: number[]; weights: number[]; chi2: number; p: number }
  analyses: { metric: string; type: string; arms: Record<string, RecordedArm>; test: Welch & { zPooled?: number; pPooled?: number; newcombe?: [number, number]; welch?: Welch } }[]
}

function close(actual: number | null | undefined, expected: number, what: string): void {
  // Recorded zeros are underflow.
  expect(Math.abs((actual ?? NaN) - expected), `${what}: ${actual} against ${expected}`).toBeLessThanOrEqual(1e-8 * Math.abs(expected) + 1e-300)
}

describe.skipIf(!existsSync(folder))('recorded experiments in ../shared/data (skipped where the folder is absent)', () => {
  it.each(['cookie_cats', 'udacity_landing', 'udacity_free_trial', 'marketing_ab', 'criteo_uplift'])('%s: every reference number at 1e-8, from the sufficient statistics', (name) => {
    const { analyses, srm, control } = read<Recorded>(name)
    if (srm && Array.isArray(srm.counts)) {
      const result = srmTest(srm.counts, srm.weights)
      // The recorded tail rounds where chi2 is nearly 0.
      expect(Math.abs((result.chi2 ?? NaN) - srm.chi2)).toBeLessThan(1e-8 * (1 + srm.chi2))
      close(result.p, srm.p, 'srm p')
    }
    let compared = 0
    for (const { metric, type, arms, test } of analyses) {
      const first = control ?? Object.keys(arms)[0] ?? ''
      const second = Object.keys(arms).find((arm) => arm !== first) ?? ''
      const reference = test.welch ?? test
      const [a, b] = [arms[first], arms[second]]
      if (!a || !b || typeof reference.diff !== 'number') continue
      const successes = (arm: RecordedArm) => arm.successes ?? (metric.startsWith('visit') ? arm.visits : arm.conversions)
      const sample = (arm: RecordedArm): Sample | null => {
        const x = successes(arm)
        if (type === 'proportion' && x !== undefined) return proportionSample(x, arm.n)
        return arm.mean !== undefined && arm.variance !== undefined ? { n: arm.n, mean: arm.mean, variance: arm.variance } : null
      }
      const [sampleA, sampleB] = [sample(a), sample(b)]
      if (!sampleA || !sampleB) continue
      const result = answerOrNull(welchTest(sampleA, sampleB))
      for (const key of ['diff', 'se', 't', 'df', 'p', 'ciLower', 'ciUpper'] as const) if (typeof reference[key] === 'number') close(result?.[key], reference[key], `${metric} ${key}`)
      const lift = answerOrNull(fiellerLift(meanEstimate(sampleA), meanEstimate(sampleB), result?.critical ?? NaN))
      if (typeof reference.lift === 'number') close(lift?.lift, reference.lift, `${metric} lift`)
      if (reference.liftFieller) reference.liftFieller.forEach((limit, i) => { close(i === 0 ? lift?.ciLower : lift?.ciUpper, limit, `${metric} Fieller ${i}`) })
      const [xA, xB] = [successes(a), successes(b)]
      if (type === 'proportion' && xA !== undefined && xB !== undefined && test.newcombe) {
        const [countsA, countsB] = [{ x: xA, n: a.n }, { x: xB, n: b.n }]
        const score = requireAnswer(pooledScoreTest(countsA, countsB))
        close(score.z, test.zPooled ?? NaN, `${metric} score z`)
        close(score.p, test.pPooled ?? NaN, `${metric} score p`)
        const interval = requireAnswer(newcombeInterval(countsA, countsB, normalUpperQuantile(0.025)))
        close(interval.lower, test.newcombe[0], `${metric} Newcombe`)
        close(interval.upper, test.newcombe[1], `${metric} Newcombe`)
      }
      compared++
    }
    expect(compared).toBeGreaterThan(0)
  })

  it('Udacity landing page, day by day: the always-valid p ends at .785 and group-sequential never crosses', () => {
    const { daily } = read<{ daily: { cumulative: [number, number, number, number]; z: number; alwaysValidP: number }[] }>('udacity_landing')
    const total = (day: { cumulative: number[] }) => (day.cumulative[0] as number) + (day.cumulative[2] as number)
    const planned = total(daily.at(-1) as { cumulative: number[] })
    const looks = daily.map(({ cumulative: [nA, xA, nB, xB] }) => ({ z: answerOrNull(welchTest(proportionSample(xA, nA), proportionSample(xB, nB)))?.t ?? 0, units: nA + nB }))
    const running = runningAlwaysValidP(looks, tuneRhoSquared(0.05, planned))
    expect(running.at(-1)).toBeCloseTo(0.785, 2)
    const bounds = groupSequentialBoundaries(looks.map(({ units }) => units / planned)).z
    expect(looks.some(({ z }, k) => Math.abs(z) > (bounds[k] as number))).toBe(false)
  })

  it('ASOS metric 1: how many of 99 series each way of stopping calls, and what peeking costs', () => {
    const { summary } = read<{ summary: { metric1: { series: number; fixedFinal: number; gstObf: number; alwaysValid: number; naivePeeking: number } } }>('asos')
    const rows = gunzipSync(readFileSync(`${folder}asos/asos_digital_experiments_dataset.csv.gz`)).toString('utf8').trim().split('\n')
    const header = (rows[0] ?? '').split(',').map((name) => name.trim())
    const at = (name: string) => header.indexOf(name)
    const series = new Map<string, { time: number; a: Sample; b: Sample }[]>()
    for (const row of rows.slice(1)) {
      const cells = row.split(',')
      const number = (name: string) => Number(cells[at(name)])
      if (Number(cells[at('metric_id')]) !== 1) continue
      const key = `${cells[at('experiment_id')]} ${cells[at('variant_id')]}`
      const look = {
        time: number('time_since_start'),
        a: { n: number('count_c'), mean: number('mean_c'), variance: number('variance_c') },
        b: { n: number('count_t'), mean: number('mean_t'), variance: number('variance_t') },
      }
      series.set(key, [...(series.get(key) ?? []), look])
    }
    const found = { series: series.size, fixedFinal: 0, alwaysValid: 0, naivePeeking: 0 }
    for (const looks of series.values()) {
      looks.sort((x, y) => x.time - y.time)
      const tests = looks.map(({ a, b }) => ({ test: answerOrNull(welchTest(a, b)), units: a.n + b.n }))
      const last = tests.at(-1)
      if ((last?.test?.p ?? 1) < 0.05) found.fixedFinal++
      if (tests.some(({ test }) => Math.abs(test?.t ?? 0) > 1.959963984540054)) found.naivePeeking++
      const rho = tuneRhoSquared(0.05, last?.units ?? 1)
      if (tests.some(({ test, units }) => test !== null && alwaysValidP(test.t, units, rho).p < 0.05)) found.alwaysValid++
    }
    const { gstObf: _, ...expected } = summary.metric1
    expect(found).toEqual(expected)
  })
})
