import { expect, it } from 'vitest'
import { covariateMoments, useCuped, type CovariateMoments } from './cuped.ts'
import { seededRandom } from './seeded-random.ts'

const random = seededRandom(7)
function arm(n: number, shift = 0, link = 0.8): CovariateMoments {
  const x = Array.from({ length: n }, () => random.normal() + shift)
  return covariateMoments({ y: x.map((value) => link * value + 0.6 * random.normal()), x: [x] })
}

it('adjusts where history says something, and says by how much', () => {
  const use = useCuped(arm(400), arm(400), 14)
  expect(use.notApplied).toBeNull()
  expect(use.warnings).toEqual([])
  expect(use.result?.varianceReduction).toBeGreaterThan(0.5)
})

it('does not adjust small arms, short history or a covariate that does not vary, and says why', () => {
  expect(useCuped(arm(99), arm(400), 14)).toEqual({ notApplied: 'too_few_units', result: null, warnings: [] })
  expect(useCuped(arm(400), arm(400), 0.5).notApplied).toBe('short_history')
  const flat = (n: number) => covariateMoments({ y: Array.from({ length: n }, random.normal), x: [new Array<number>(n).fill(1)] })
  expect(useCuped(flat(200), flat(200), 14).notApplied).toBe('singular_covariates')
})

it('warns of a covariate that differs between arms before anything happened, and of a reduction too good to be true', () => {
  expect(useCuped(arm(400), arm(400, 0.5), 14).warnings).toEqual(['pre_exposure_imbalance'])
  const leaked = (n: number) => {
    const x = Array.from({ length: n }, random.normal)
    return covariateMoments({ y: x.map((value) => value + 0.01 * random.normal()), x: [x] })
  }
  expect(useCuped(leaked(300), leaked(300), 14).warnings).toEqual(['reduction_implausible'])
})
