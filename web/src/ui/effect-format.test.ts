import { expect, test } from 'vitest'
import { byLuck, chance, difference, differenceRange, exact, goal, level, lift, liftRange } from './effect-format.ts'

test('a lift has two significant figures and a true minus', () => {
  expect(lift(0.03612)).toBe('+3.6%')
  expect(lift(-0.0041)).toBe('−0.41%')
  expect(lift(0.1234)).toBe('+12%')
  expect(lift(1.134)).toBe('+113%')
  expect(lift(0.000052)).toBe('+0.0052%')
  expect(lift(0)).toBe('0%')
  expect(lift(0.0000001)).toBe('0%')
})

test('a target is said without figures that say nothing', () => {
  expect(goal(0.02)).toBe('+2%')
  expect(goal(-0.025)).toBe('−2.5%')
  expect(goal(0.005)).toBe('+0.5%')
  expect(goal(0.2)).toBe('+20%')
})

test('an interval whose end is not known is open at that end', () => {
  expect(liftRange(0.019, 0.053)).toBe('+1.9% to +5.3%')
  expect(liftRange(-0.04, null)).toBe('−4.0% or more')
  expect(liftRange(null, 0.2)).toBe('up to +20%')
  expect(liftRange(null, null)).toBe('no limit either way')
})

test('differences are in the unit of the metric', () => {
  expect(difference('conversion', -0.0082)).toBe('−0.82 points')
  expect(difference('mean', 0.09, 'EUR')).toBe('+0.090 EUR')
  expect(difference('mean', -1234.4)).toBe('−1,234')
  expect(differenceRange('conversion', -0.0133, -0.0031)).toBe('−1.3 to −0.31 points')
  expect(differenceRange('mean', null, 4)).toBe('up to +4.0')
})

test('levels keep three figures', () => {
  expect(level('conversion', 0.6119)).toBe('61.2%')
  expect(level('conversion', 0.0084)).toBe('0.84%')
  expect(level('mean', 4.182)).toBe('4.18')
  expect(level('mean', 1904.2)).toBe('1,904')
  expect(level('mean', -3)).toBe('−3.00')
})

test('no chance is above 99% or below 1%', () => {
  expect(chance(0.9999)).toBe('>99%')
  expect(chance(0.99)).toBe('99%')
  expect(chance(0.004)).toBe('<1%')
  expect(chance(0.63)).toBe('63%')
})

test('luck is counted in times', () => {
  expect(byLuck(1)).toBe('almost every time')
  expect(byLuck(0.41)).toBe('41 times in 100')
  expect(byLuck(0.0086)).toBe('1 time in 116')
  expect(byLuck(2e-9)).toBe('less than once in a million times')
})

test('exact numbers keep seven digits', () => {
  expect(exact(-0.008201298)).toBe('−0.008201298')
  expect(exact(90188.5)).toBe('90188.5')
  expect(exact(1.0000000001)).toBe('1')
})
