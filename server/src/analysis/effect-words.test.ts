import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differenceWords, levelWords, pWords, shareWords, signed, signedPercent } from './effect-words.ts'

const mean = { type: 'mean', unitLabel: 'EUR' } as const
const conversion = { type: 'conversion', unitLabel: '' } as const

test('numbers of everyday size are written with the digits that matter', () => {
  expect(signedPercent(-0.0431)).toBe('−4.31%')
  expect(signed(1234.5)).toBe('+1,234.5')
  expect(signed(0)).toBe('0')
  expect(shareWords(0.000123)).toBe('0.012%')
  expect(levelWords(mean, 52.456)).toBe('52.46 EUR')
  expect(differenceWords(conversion, -0.0082)).toBe('−0.82 percentage points')
  expect(pWords(0.0123)).toBe('p = 0.012')
})

test('very large and very small numbers are written as powers of ten', () => {
  expect(signed(2.5e200)).toBe('+2.5 × 10^200')
  expect(signed(-1e15)).toBe('−1 × 10^15')
  expect(signed(1.234e-20)).toBe('+1.2 × 10^-20')
})

test('what is no finite number is said to be unknown, never written as one', () => {
  for (const value of [NaN, Infinity, -Infinity]) {
    expect(signed(value)).toBe('unknown')
    expect(signedPercent(value)).toBe('unknown')
    expect(shareWords(value)).toBe('unknown')
    expect(levelWords(mean, value)).toBe('unknown')
    expect(differenceWords(conversion, value)).toBe('unknown')
    expect(pWords(value)).toBe('p unknown')
  }
})

test('there are words for every double, with its sign, and no word is NaN or Infinity', () => {
  fc.assert(fc.property(fc.double(), (value) => {
    const words = [shareWords(value), signed(value), signedPercent(value), levelWords(mean, value), levelWords(conversion, value), differenceWords(mean, value), differenceWords(conversion, value), pWords(value)]
    for (const text of words) expect(text).not.toMatch(/NaN|Infinity|∞|undefined/)
    if (Number.isFinite(value) && value !== 0) expect(signed(value).startsWith(value < 0 ? '−' : '+')).toBe(true)
  }), { numRuns: 1_000 })
})
