import { expect, test } from 'vitest'
import { analysis } from './experiment.samples.ts'
import { findingWords } from './findings.ts'

test('codes are said as sentences with the names people know', () => {
  expect(findingWords({ code: 'guardrail_worse', arm: 'express', metric: 'errors' }, analysis())).toBe('The change made Payment errors worse, which may veto.')
  expect(findingWords({ code: 'primary_worse', arm: 'b' }, analysis({ arms: ['a', 'b', 'c'].map((arm) => ({ arm, n: 1, weight: 1 })) }))).toContain('“b” made the deciding metric worse')
  expect(findingWords({ code: 'srm_warning' }, analysis())).toContain('unusual')
  expect(findingWords({ code: 'between_looks' }, analysis())).toContain('until the next look')
})

test('a code from a newer server is not swallowed', () => {
  expect(findingWords({ code: 'brand_new', arm: 'b', metric: 'm' }, analysis())).toBe('brand new, b, m')
})
