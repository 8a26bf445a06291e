import { expect, test } from 'vitest'
import { phrase } from './phrase.ts'

test('typed text becomes a part of a sentence', () => {
  expect(phrase(' Most leave at the form. ')).toBe('most leave at the form')
  expect(phrase('The whole interval is below zero.')).toBe('the whole interval is below zero')
  expect(phrase('A price is hidden')).toBe('a price is hidden')
})

test('names keep their capital', () => {
  expect(phrase('EU law forbids it')).toBe('EU law forbids it')
  expect(phrase('German shoppers')).toBe('German shoppers')
})
