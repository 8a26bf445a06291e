import { expect, test } from 'vitest'
import { needsWords } from './needs-words.ts'

const missing = (...fields: string[]) => fields.map((field) => ({ field, message: `About ${field}.` }))

test.each([
  [missing(), ''],
  [missing('because'), 'Needs a reason'],
  [missing('because', 'decider'), 'Needs a reason and a decider'],
  [missing('primaryMetric', 'because', 'decider'), 'Needs a deciding metric and 2 more'],
  [missing('guardrails', 'because'), 'About guardrails.'],
])('%j is said as "%s"', (list, words) => {
  expect(needsWords(list)).toBe(words)
})
