import { describe, expect, it } from 'vitest'
import {
  alwaysValidP, answerOrNull, betaCdf, cochranQ, deltaLift, difference, fiellerLift, groupSequentialBoundaries, meanEstimate, normalUpperQuantile, proportionSample, quantileEstimate,
  requireAnswer, runningAlwaysValidP, srmTest, tuneRhoSquared, twoProportions, welchTest, winsorise, type Sample,
} from '../server/src/stats/index.ts'
import { asosSeries, recordedDataPresent, recordedFile, recordedResults, recordedRows } from './recorded-data.ts'

interface RecordedArm { n: number; successes?: number; conversions?: number; visits?: number; mean?: number; variance?: number; quantile?: number; lower?: number; upper?: number; se?: number }
interface Welch { diff: number; se: number; t: number; df: number; p: number; ciLower: number; ciUpper: number; lift: number; liftFieller: [number, number]; liftDeltaSe: number }
interface RecordedSrm { counts: number[]; weights: number[]; chi2: number; p: number }
interface Recorded {
  control?: string
  srm?: RecordedSrm | Record<string, RecordedSrm>
  analyses: {
    metric: string
    type: string
    cap?: number
    arms: Record<string, RecordedArm>
    test: Welch & { zPooled?: number; pPooled?: number; wald?: [number, number]; newcombe?: [number, number]; welch?: Welch }
    pooledCi?: [number, number]
    signTest?: { days: number; experimentHigher: number; p: number }
  }[]
}

function close(actual: number | null | undefined, expected: number, what: string): void {
  // Recorded zeros are underflow.
  expect(Math.abs((actual ?? NaN) - expected), `${what}: ${actual} against ${expected}`).toBeLessThanOrEqual(1e-8 * Math.abs(expected) + 1e-300)
}

function closePair(actual: { lower: number; upper: number }, [lower, upper]: [number, number], what: string): void {
  close(actual.lower, lower, `${what}, lower`)
  close(actual.upper, upper, `${what}, upper`)
}

/** Counts of a proportion, by the name that the data set gives them. */
function successes(metric: string, arm: RecordedArm): number | undefined {
  return arm.successes ?? (metric.startsWith('visit') ? arm.visits : arm.conversions)
}

function sampleOf(metric: string, type: string, arm: RecordedArm): Sample | null {
  const x = successes(metric, arm)
  if (type === 'proportion' && x !== undefined) return proportionSample(x, arm.n)
  return arm.mean !== undefined && arm.variance !== undefined ? { n: arm.n, mean: arm.mean, variance: arm.variance } : null
}

describe.skipIf(!recordedDataPresent)('recorded experiments in ../shared/data (skipped where the folder is absent)', () => {
  it.each([['cookie_cats', 5], ['udacity_landing', 1], ['udacity_free_trial', 2], ['marketing_ab', 3], ['criteo_uplift', 2]])('%s: every reference number at 1e-8, from the sufficient statistics', (name, count) => {
    const { analyses, srm, control } = recordedResults<Recorded>(name)
    const splits: RecordedSrm[] = srm === undefined ? [] : 'counts' in srm && Array.isArray(srm.counts) ? [srm as RecordedSrm] : Object.values(srm)
    for (const { counts, weights, chi2, p } of splits) {
      const result = srmTest(counts, weights)
      // The recorded tail rounds where chi2 is nearly 0.
      expect(Math.abs((result.chi2 ?? NaN) - chi2)).toBeLessThan(1e-8 * (1 + chi2))
      close(result.p, p, 'srm p')
    }
    let compared = 0
    for (const { metric, type, arms, test, pooledCi, signTest } of analyses) {
      const first = control ?? Object.keys(arms)[0] ?? ''
      const second = Object.keys(arms).find((arm) => arm !== first) ?? ''
      const reference = test.welch ?? test
      const [a, b] = [arms[first], arms[second]]
      const [sampleA, sampleB] = [a && sampleOf(metric, type, a), b && sampleOf(metric, type, b)]
      if (!a || !b || !sampleA || !sampleB) continue
      const result = requireAnswer(welchTest(sampleA, sampleB))
      for (const key of ['diff', 'se', 't', 'df', 'p', 'ciLower', 'ciUpper'] as const) close(result[key], reference[key], `${metric} ${key}`)
      const [controlEstimate, treatmentEstimate] = [meanEstimate(sampleA), meanEstimate(sampleB)]
      const lift = requireAnswer(fiellerLift(controlEstimate, treatmentEstimate, result.critical))
      close(lift.lift, reference.lift, `${metric} lift`)
      close(lift.ciLower, reference.liftFieller[0], `${metric} Fieller`)
      close(lift.ciUpper, reference.liftFieller[1], `${metric} Fieller`)
      close(requireAnswer(deltaLift(controlEstimate, treatmentEstimate, 0)).se, reference.liftDeltaSe, `${metric} se of the lift by the delta method`)
      const [xA, xB] = [successes(metric, a), successes(metric, b)]
      if (type === 'proportion' && xA !== undefined && xB !== undefined && test.newcombe && test.wald) {
        const both = requireAnswer(twoProportions({ x: xA, n: a.n }, { x: xB, n: b.n }, normalUpperQuantile(0.025)))
        close(both.zPooled, test.zPooled ?? NaN, `${metric} score z`)
        close(both.pPooled, test.pPooled ?? NaN, `${metric} score p`)
        closePair(both.newcombe, test.newcombe, `${metric} Newcombe`)
        closePair(both.wald, test.wald, `${metric} Wald`)
        if (pooledCi) {
          // The course that published it uses 1.96.
          const half = (1.96 * both.diff) / (both.zPooled ?? NaN)
          closePair({ lower: both.diff - Math.abs(half), upper: both.diff + Math.abs(half) }, pooledCi, `${metric} pooled`)
        }
      }
      if (signTest) {
        const smaller = Math.min(signTest.experimentHigher, signTest.days - signTest.experimentHigher)
        // P(X <= k) of a fair coin.
        close(Math.min(1, 2 * betaCdf(0.5, signTest.days - smaller, smaller + 1)), signTest.p, `${metric} sign test`)
      }
      compared++
    }
    expect(compared).toBe(count)
  })

  it('Criteo and the marketing campaign: counts that underflow keep their logarithm', () => {
    const { arms } = JSON.parse(recordedFile('criteo_uplift/counts.json')) as { arms: Record<string, RecordedArm> }
    const [a, b] = [arms['control'], arms['treatment']]
    const visits = requireAnswer(welchTest(proportionSample(a?.visits ?? NaN, a?.n ?? NaN), proportionSample(b?.visits ?? NaN, b?.n ?? NaN)))
    expect(visits.p).toBe(0)
    // 9e-1087.
    expect(visits.logP / Math.LN10).toBeCloseTo(-1086, 0)
    const recorded = recordedResults<Recorded>('marketing_ab').analyses[0]?.arms
    expect((JSON.parse(recordedFile('marketing_ab/counts.json')) as { arms: unknown }).arms).toEqual(recorded)
  })

  it('Udacity free trial: the counts come from the daily files, the invariants hold', () => {
    const { analyses, srm } = recordedResults<Recorded>('udacity_free_trial')
    const total = (file: string, column: string, days = Infinity) => recordedRows(`udacity_free_trial/${file}.csv`).slice(0, days).reduce((sum, row) => sum + Number(row[column]), 0)
    const invariants = srm as Record<string, RecordedSrm>
    for (const column of ['Pageviews', 'Clicks']) expect(['control', 'experiment'].map((file) => total(file, column))).toEqual(invariants[column]?.counts)
    // Enrolments and payments are known for the first 23 days.
    for (const [i, column] of ['Enrollments', 'Payments'].entries()) {
      const arms = ['control', 'experiment'].map((file) => ({ n: total(file, 'Clicks', 23), successes: total(file, column, 23) }))
      expect(arms).toEqual(Object.values(analyses[i]?.arms ?? {}))
    }
  })

  it('Cookie Cats: capped values and quantiles, from the players', () => {
    const rows = recordedRows('cookie_cats/cookie_cats.csv.gz')
    const rounds = (arm: string) => rows.filter((row) => row['version'] === arm).map((row) => Number(row['sum_gamerounds']))
    const [a, b] = [rounds('gate_30'), rounds('gate_40')]
    const { analyses } = recordedResults<Recorded>('cookie_cats')
    const named = (start: string) => analyses.filter(({ metric, type }) => `${metric} ${type}`.startsWith(start))
    const capped = named('sum_gamerounds winsorised p')
    expect(capped).toHaveLength(2)
    for (const { metric, cap, arms } of capped) {
      const q = Number(metric.slice('sum_gamerounds winsorised p'.length))
      // These caps count zeros; ours by default do not.
      const nonZero = [...a, ...b].filter((value) => value !== 0)
      expect(requireAnswer(winsorise(nonZero, a.length + b.length - nonZero.length, q, false)).cap).toBe(cap)
      for (const [arm, values] of [['gate_30', a], ['gate_40', b]] as const) {
        const below = requireAnswer(winsorise(values.map((value) => Math.min(value, cap ?? NaN)), 0, 1))
        close(below.mean, arms[arm]?.mean ?? NaN, `${metric} mean`)
        close(below.variance, arms[arm]?.variance ?? NaN, `${metric} variance`)
      }
    }
    const quantiles = named('sum_gamerounds quantile')
    expect(quantiles).toHaveLength(2)
    for (const { type, arms, test } of quantiles) {
      const q = Number(type.slice('quantile '.length))
      const [readA, readB] = [requireAnswer(quantileEstimate(a, q)), requireAnswer(quantileEstimate(b, q))]
      for (const [read, arm] of [[readA, arms['gate_30']], [readB, arms['gate_40']]] as const) {
        expect([read.quantile, read.lower, read.upper]).toEqual([arm?.quantile, arm?.lower, arm?.upper])
        close(read.se, arm?.se ?? NaN, `${type} se`)
      }
      const estimate = ({ quantile, se }: typeof readA) => ({ m: quantile ?? NaN, v: (se ?? NaN) ** 2, n: a.length })
      const both = requireAnswer(difference(estimate(readA), estimate(readB)))
      close(both.diff, test.diff, `${type} diff`)
      close(both.se, test.se, `${type} se of the difference`)
    }
  })

  it('Udacity landing page: every day, its always-valid p, every boundary, and the countries', () => {
    interface Daily { cumulative: [number, number, number, number]; z: number; fixedP: number; alwaysValidP: number }
    interface Country { nA: number; xA: number; nB: number; xB: number; diff: number; se: number; p: number }
    const results = recordedResults<{
      daily: Daily[]
      sequential: { nStar: number; rho2: number; alwaysValidFinalP: number; minFixedP: number; gst: { informationFractions: number[]; boundary: number[]; firstCrossing: number | null } }
      segments: { byCountry: Country[]; cochranQ: number; df: number; p: number }
    }>('udacity_landing')
    const { sequential, segments, daily } = results
    const rho = tuneRhoSquared(0.05, sequential.nStar)
    close(rho, sequential.rho2, 'rho^2')
    const looks = daily.map(({ cumulative: [nA, xA, nB, xB] }) => {
      const both = requireAnswer(difference(meanEstimate(proportionSample(xA, nA)), meanEstimate(proportionSample(xB, nB))))
      return { z: both.diff / both.se, units: nA + nB, fixedP: requireAnswer(welchTest(proportionSample(xA, nA), proportionSample(xB, nB))).p }
    })
    const running = runningAlwaysValidP(looks, rho)
    daily.forEach((day, i) => {
      close(looks[i]?.z, day.z, `z of day ${i}`)
      close(running[i], day.alwaysValidP, `always-valid p of day ${i}`)
      close(looks[i]?.fixedP, day.fixedP, `fixed p of day ${i}`)
    })
    close(running.at(-1), sequential.alwaysValidFinalP, 'final always-valid p')
    const fractions = looks.map(({ units }) => units / sequential.nStar)
    const { z } = groupSequentialBoundaries(fractions)
    sequential.gst.boundary.forEach((bound, i) => { close(z[i], bound, `boundary ${i}`) })
    expect(looks.findIndex((look, i) => Math.abs(look.z) > (z[i] as number))).toBe(sequential.gst.firstCrossing ?? -1)

    const countries = segments.byCountry.map((country) => ({ country, test: requireAnswer(welchTest(proportionSample(country.xA, country.nA), proportionSample(country.xB, country.nB))) }))
    for (const { country, test } of countries) {
      close(test.diff, country.diff, 'diff of a country')
      close(test.se, country.se, 'se of a country')
    }
    const heterogeneity = requireAnswer(cochranQ(countries.map(({ test }) => test.diff), countries.map(({ test }) => test.se)))
    close(heterogeneity.Q, segments.cochranQ, 'Q over countries')
    close(heterogeneity.p, segments.p, 'p over countries')
  })

  it('ASOS: all 396 series at their end, and the cost of peeking', () => {
    interface Final { experiment: string; variant: string; metric: string; looks: number; error?: string; nC: number; diff: number; se: number; p: number; lift: number; everSignificantByPeeking: boolean; alwaysValidP: number }
    interface Summary { series: number; degenerate: number; finalSignificant05: number; everSignificantByPeeking: number; alwaysValidSignificant: number; srmFail001AssumingEqualSplit: number }
    const { final, summary } = recordedResults<{ final: Final[]; summary: Summary }>('asos')
    const series = asosSeries()
    const found = { series: series.size, degenerate: 0, finalSignificant05: 0, everSignificantByPeeking: 0, alwaysValidSignificant: 0 }
    for (const recorded of final) {
      const looks = series.get(`${recorded.experiment} ${recorded.variant} ${recorded.metric}`) ?? []
      expect(looks).toHaveLength(recorded.looks)
      const last = looks.at(-1)
      const test = last && answerOrNull(welchTest(last.control, last.treatment))
      if (recorded.error === 'degenerate') {
        expect(test ?? null).toBeNull()
        found.degenerate++
        continue
      }
      if (!last || !test) throw new Error(`no test for ${recorded.experiment}`)
      close(test.diff, recorded.diff, 'diff')
      close(test.se, recorded.se, 'se')
      close(test.p, recorded.p, 'p')
      close(requireAnswer(fiellerLift(meanEstimate(last.control), meanEstimate(last.treatment), test.critical)).lift, recorded.lift, 'lift')
      const rho = tuneRhoSquared(0.05, last.control.n + last.treatment.n)
      const zs = looks.flatMap(({ control, treatment }) => {
        const both = answerOrNull(difference(meanEstimate(control), meanEstimate(treatment)))
        return both ? [{ z: both.diff / both.se, units: control.n + treatment.n }] : []
      })
      const alwaysValid = Math.min(1, ...zs.map(({ z, units }) => alwaysValidP(z, units, rho).p))
      close(alwaysValid, recorded.alwaysValidP, 'always-valid p')
      const peeked = zs.some(({ z }) => Math.abs(z) > 1.959963984540054)
      expect(peeked).toBe(recorded.everSignificantByPeeking)
      if (test.p < 0.05) found.finalSignificant05++
      if (peeked) found.everSignificantByPeeking++
      if (alwaysValid < 0.05) found.alwaysValidSignificant++
    }
    expect(found).toEqual({ series: summary.series, degenerate: summary.degenerate, finalSignificant05: summary.finalSignificant05, everSignificantByPeeking: summary.everSignificantByPeeking, alwaysValidSignificant: summary.alwaysValidSignificant })
  })
})
