import { expect, test } from 'vitest'
import { compileCondition } from './conditions.ts'
import type { Truth } from './truth.ts'

const leaf = { true: { attribute: 'yes', op: 'exists' }, false: { attribute: 'no', op: 'exists' }, unknown: { attribute: 'no', op: 'in', values: [] } } as const satisfies Record<string, object>
const of = (condition: unknown): Truth => compileCondition(condition, { test: () => undefined, patterns: undefined })({ yes: 1 })
const [T, F, U] = [leaf.true, leaf.false, leaf.unknown]

test.each<[unknown, Truth]>([
  [T, true], [F, false], [U, undefined],
  [{ not: T }, false], [{ not: F }, true], [{ not: U }, undefined],
  [{ all: [] }, true], [{ all: [T] }, true], [{ all: [U] }, undefined], [{ all: [T, T] }, true], [{ all: [T, U] }, undefined], [{ all: [U, F] }, false], [{ all: [F, U] }, false], [{ all: [T, F] }, false],
  [{ any: [] }, false], [{ any: [F] }, false], [{ any: [U] }, undefined], [{ any: [F, F] }, false], [{ any: [F, U] }, undefined], [{ any: [U, T] }, true], [{ any: [T, U] }, true],
  [{ not: { all: [U, F] } }, true], [{ not: { any: [U, F] } }, undefined],
  [{ cohort: 'gone' }, undefined], [{}, undefined], [null, undefined], ['all', undefined], [{ all: {} }, undefined], [{ attribute: 'yes' }, undefined], [{ attribute: 1, op: 'exists' }, undefined],
])('%j is %s', (condition, truth) => {
  expect(of(condition)).toBe(truth)
})

test('a condition nested deeper than 64 levels is unknown, however deep it is', () => {
  const nested = (depth: number) => { let condition: unknown = T; for (let level = 0; level < depth; level++) condition = { not: condition }; return condition }
  expect([of(nested(64)), of(nested(65)), of(nested(100_000))]).toEqual([true, undefined, undefined])
})
