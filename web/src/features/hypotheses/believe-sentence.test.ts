import { expect, test } from 'vitest'
import { believeSentence, sentenceText } from './believe-sentence.ts'
import { written } from './hypothesis.samples.ts'

const names = { metric: () => 'Orders', cohort: () => 'Returning shoppers' }
const text = (change: Partial<typeof written>) => sentenceText(believeSentence({ ...written, ...change }, names))

test('a whole plan reads as one sentence', () => {
  expect(text({})).toBe('We believe that offer express pay at checkout for returning shoppers will raise Orders by at least 2%, because most leave at the address form.')
})

test('gaps stay open until they are filled', () => {
  expect(text({ change: '', primaryMetric: null, minimumEffect: null, because: ' ' })).toBe('We believe that … for returning shoppers will raise … by at least …, because ….')
  expect(believeSentence({ ...written, change: '' }, names)[1]).toEqual({ kind: 'gap', text: 'a change' })
})

test('a cohort stands for an audience that was not written', () => {
  expect(text({ audience: '', cohort: 'returning' })).toContain('for Returning shoppers will')
})

test('full stops inside the template are dropped, and lowering is said', () => {
  expect(text({ change: 'a shorter form.', because: 'it is long. ', direction: 'decrease' })).toBe('We believe that a shorter form for returning shoppers will lower Orders by at least 2%, because it is long.')
})
