import type { CohortSize } from '@assay/server/contract'
import { expect, test } from 'vitest'
import { insideText, unitsOf, unknownText, valueText } from './size-words.ts'

const size: CohortSize = { basis: { units: 5120, since: '2027-01-01T00:00:00.000Z', until: '2027-01-15T00:00:00.000Z' }, inside: 1240, unknown: 0, share: 1240 / 5120, examples: [] }

test('a size says of whom it is', () => {
  expect(insideText(size, 'user')).toBe('1,240 of the 5,120 people seen lately')
  expect(insideText({ ...size, basis: { ...size.basis, units: 1 }, inside: 1 }, 'company')).toBe('1 of the 1 unit of company seen lately')
  expect(unitsOf('user', 1)).toBe('1 person')
})

test('whom too little is known about is said apart, and only where there is somebody', () => {
  expect(unknownText(size)).toBeNull()
  expect(unknownText({ ...size, unknown: 210 })).toBe('210 more (4.1%) cannot be told: services did not send what the condition asks.')
})

test('values read as they are, and what is not known is called so', () => {
  expect([valueText('DE'), valueText(3), valueText(['a', 'b']), valueText(false), valueText(null)]).toEqual(['DE', '3', '["a","b"]', 'false', 'not known'])
})
