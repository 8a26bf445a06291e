import { expect, test } from 'vitest'
import { allTrue, clausesOf } from './clauses.ts'
import { compileCohorts } from './cohorts.ts'
import type { Cohort, Condition } from './ruleset.ts'

function holds(condition: Condition, context: object, cohorts: Cohort[] = []): boolean {
  return allTrue(clausesOf(condition, compileCohorts(cohorts)), { ...context })
}

test('a chain is true if every part of every `all` is', () => {
  const condition: Condition = { all: [{ all: [{ attribute: 'a', op: 'in', values: ['x'] }, { attribute: 'b', op: 'gt', values: [1] }] }, { any: [{ attribute: 'c', op: 'exists' }, { all: [] }] }] }
  expect([holds(condition, { a: 'x', b: 2 }), holds(condition, { a: 'x', b: 1 }), holds(condition, { a: 'y', b: 2 }), holds(condition, {}), holds({ all: [] }, {})]).toEqual([true, false, false, false, true])
})

test('a cohort that only lists users is asked for the unit as text', () => {
  const cohorts: Cohort[] = [{ key: 'listed', unit: 'user', included: ['ann', '7', 'true'] }]
  expect(['ann', 7, '7', true, 'eve', 8, '', NaN, ['ann'], {}, null, undefined].map((targetingKey) => holds({ cohort: 'listed' }, { targetingKey }, cohorts))).toEqual([true, true, true, true, false, false, false, false, false, false, false, false])
})

test('what was said of a text is said again, of many texts as well', () => {
  const condition: Condition = { attribute: 'version', op: 'semver_gte', values: ['2.0.0'] }
  const chain = clausesOf(condition, compileCohorts([]))
  const versions = Array.from({ length: 1000 }, (_, index) => `${index % 4}.${index}.0`)
  const wanted = versions.map((_, index) => index % 4 >= 2)
  for (let round = 0; round < 3; round++) expect(versions.map((version) => allTrue(chain, { version }))).toEqual(wanted)
  const long = `2.0.0+${'b'.repeat(200)}`
  expect([allTrue(chain, { version: long }), allTrue(chain, { version: [long, 'nonsense'] }), allTrue(chain, { version: ['1.0.0', 'nonsense'] }), allTrue(chain, { version: 'nonsense' }), allTrue(chain, {})]).toEqual([true, true, false, false, false])
})
