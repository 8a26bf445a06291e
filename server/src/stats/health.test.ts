import { expect, it } from 'vitest'
import { multipleExposure, rateDiffersByArm, silentArms } from './health.ts'

it('units in two arms block from ten and above one per cent', () => {
  expect([multipleExposure(9, 100), multipleExposure(10, 1000), multipleExposure(11, 1000), multipleExposure(50, 10_000)]).toEqual([false, false, true, false])
})

it('a share that should not depend on the arm is tested, and never missing is no difference', () => {
  expect(rateDiffersByArm({ x: 100, n: 1000 }, { x: 165, n: 1000 })).toMatchObject({ differs: true })
  expect(rateDiffersByArm({ x: 100, n: 1000 }, { x: 120, n: 1000 })).toMatchObject({ differs: false })
  expect(rateDiffersByArm({ x: 0, n: 1000 }, { x: 0, n: 1000 })).toEqual({ p: 1, differs: false })
  expect(rateDiffersByArm({ x: 0, n: 0 }, { x: 0, n: 1000 })).toEqual({ noAnswer: 'no_units' })
})

it('an arm is silent after two intervals, unless all are', () => {
  const arms = [{ arm: 'a', lastExposureAt: 100 }, { arm: 'b', lastExposureAt: 79 }, { arm: 'c', lastExposureAt: null }]
  expect(silentArms(arms, 10, 100)).toEqual(['b', 'c'])
  expect(silentArms(arms, 10, 99)).toEqual(['c'])
  expect(silentArms(arms.slice(1), 10, 100)).toEqual({ noAnswer: 'no_units' })
})
