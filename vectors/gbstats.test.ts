import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readGbCase, type Check, type GbCase } from './gbstats-cases.ts'

const file = fileURLToPath(new URL('../../shared/vectors/gbstats-cases.json', import.meta.url))

describe.skipIf(!existsSync(file))('cases recorded from gbstats (skipped where ../shared/vectors/gbstats-cases.json is absent)', () => {
  const cases = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { cases: GbCase[] }).cases : []
  const read = cases.map((one) => ({ one, reading: readGbCase(one) }))
  const countBy = (names: readonly string[]) => Object.fromEntries([...new Set(names)].sort().map((name) => [name, names.filter((other) => other === name).length]))

  it('every number of a case whose method is ours is the same', () => {
    const failed = read.flatMap(({ one, reading }) => ('checks' in reading ? reading.checks.filter((check) => !agrees(check)).map(({ what, actual, expected }) => `${one.id} ${one.method} ${what}: ${actual} against ${expected}`) : []))
    expect(failed).toEqual([])
  })

  it('as many cases are compared as docs/statistics.md says', () => {
    const compared = read.filter(({ reading }) => 'checks' in reading).map(({ one }) => [one.method, one.settings.difference_type].filter(Boolean).join(' '))
    expect(countBy(compared)).toEqual({
      'BanditsSimple relative': 4,
      'EffectBayesianABTest absolute': 20,
      'EffectBayesianABTest relative': 32,
      'EffectMoments absolute': 5,
      'EffectMoments relative': 5,
      MidExperimentPower: 2,
      'OneSidedTreatmentGreaterTTest absolute': 6,
      'OneSidedTreatmentLesserTTest absolute': 6,
      'SequentialOneSidedTreatmentGreaterTTest absolute': 6,
      'SequentialOneSidedTreatmentLesserTTest absolute': 6,
      'SequentialTwoSidedTTest absolute': 5,
      'TwoSidedTTest absolute': 17,
      analyze_metric_df: 19,
      benjamini_hochberg: 2,
      chance_to_win_flat_prior: 5,
      delta_method_variance: 2,
      get_risk: 9,
      holm_bonferroni: 2,
      mde_frequentist: 1,
      power_and_mde: 18,
      power_frequentist: 1,
      sequential_halfwidth: 15,
      srm_pvalue: 7,
      srm_pvalue_python: 5,
      statistic_moments: 5,
    })
  })

  it('the others are not, each for a reason', () => {
    const reasons = read.flatMap(({ reading }) => ('differs' in reading ? [reading.differs] : []))
    expect(countBy(reasons)).toEqual({
      'CUPED with theta pooled over arms, where ours minimises the variance of the difference': 51,
      'an arm without a count is left out; ours counts it as 0': 1,
      'chance read from an interval of no width; ours has no answer': 2,
      'degrees of freedom count arms without weight': 1,
      'effect detected by a posterior interval under a prior: ours plans for the test that decides': 21,
      'effect scaled to total traffic: not offered': 63,
      'interval bent until it agrees with an adjusted p: ours is computed at the level that decides': 2,
      'p 1 where there is nothing to test; ours gives the reason': 2,
      'post-stratification by a multinomial delta method over strata moments, where ours conditions on strata (Miratrix)': 37,
      'quantile interval from a capped number of rows, scaled up: ours ranks all values': 1,
      'refuses, or returns 0, where ours answers or gives a reason': 11,
      'relative effect by the delta method, where ours is Fieller': 150,
      'sequential power with a widened standard error instead of a wider critical value: no power of that test': 20,
      'variance of a clustered quantile from its density, where ours widens the ranks': 1,
    })
  })
})

function agrees({ actual, expected, rel, abs }: Check): boolean {
  return actual !== null && Math.abs(actual - expected) <= abs + rel * Math.abs(expected)
}
