import { expect, test } from 'vitest'
import { ago, change, count, percent, plural } from './format.ts'

test('numbers read as people write them', () => {
  expect(count(41_210)).toBe('41,210')
  expect(count(-5)).toBe('−5')
  expect(percent(0.5)).toBe('50%')
  expect(percent(0.001)).toBe('0.10%')
  expect(percent(0.184)).toBe('18.4%')
  expect(change(0.036)).toBe('+3.6%')
  expect(change(-0.0041)).toBe('−0.4%')
  expect(change(0.0001)).toBe('0%')
  expect(plural(1, 'rule')).toBe('1 rule')
  expect(plural(0, 'rule')).toBe('0 rules')
})

test('times are relative for a week and dates after', () => {
  const now = new Date('2026-11-24T12:00:00Z')
  expect(ago('2026-11-24T11:59:58Z', now)).toBe('just now')
  expect(ago('2026-11-24T11:58:00Z', now)).toBe('2 minutes ago')
  expect(ago('2026-11-23T12:00:00Z', now)).toBe('yesterday')
  expect(ago('2026-11-05T12:00:00Z', now)).toBe('5 Nov')
  expect(ago('2025-11-05T12:00:00Z', now)).toBe('5 Nov 2025')
})
