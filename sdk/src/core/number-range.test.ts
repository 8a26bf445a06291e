import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rangeOf } from './number-range.ts'

const compare = {
  eq: (a: number, b: number) => a === b, gt: (a: number, b: number) => a > b, gte: (a: number, b: number) => a >= b, lt: (a: number, b: number) => a < b, lte: (a: number, b: number) => a <= b,
}
const number = fc.oneof(fc.double({ noNaN: true }), fc.integer(), fc.constantFrom(0, -0, Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE, 1, 1 + Number.EPSILON))

test('a number is within the range exactly where it compares so', () => {
  fc.assert(
    fc.property(number, fc.oneof(number, fc.constant(undefined)), (operand, other) => {
      fc.pre(Number.isFinite(operand))
      const attribute = other ?? operand
      for (const [op, holds] of Object.entries(compare)) {
        const { least = NaN, most = NaN, except = NaN } = rangeOf(op as keyof typeof compare, operand) ?? {}
        expect([op, attribute >= least && attribute <= most && attribute !== except]).toEqual([op, Number.isFinite(attribute) && holds(attribute, operand)])
      }
    }),
    { numRuns: 5000 },
  )
})

test('what is no finite number, or no comparison of numbers, has no range', () => {
  expect([rangeOf('eq', NaN), rangeOf('lt', Infinity), rangeOf('in', 1), rangeOf('semver_gt', 1)]).toEqual([undefined, undefined, undefined, undefined])
})
