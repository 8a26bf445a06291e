import { expect, test } from 'vitest'
import { bots, botsAreSound } from './bot-words.ts'

test('who is a bot is said in words', () => {
  expect(bots([])).toBe('nobody')
  expect(bots([{ property: 'agent', op: 'in', values: ['probe', 'crawler'] }, { property: 'headless', op: 'exists', values: [] }])).toBe('agent is one of probe, crawler, or headless is there')
})

test.each([
  [[], true],
  [[{ property: 'agent', op: 'equals', values: ['probe'] }], true],
  [[{ property: ' ', op: 'equals', values: ['probe'] }], false],
  [[{ property: 'agent', op: 'equals', values: [] }], false],
  [[{ property: 'agent', op: 'exists', values: [] }], true],
] as const)('%j can be saved: %s', (conditions, sound) => {
  expect(botsAreSound(conditions.map((condition) => ({ ...condition, values: [...condition.values] })))).toBe(sound)
})
