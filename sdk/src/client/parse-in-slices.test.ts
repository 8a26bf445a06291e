import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRuleset } from '../core/parse-ruleset.ts'
import { aFlag, aRuleset } from '../core/ruleset.samples.ts'
import { parseInSlices } from './parse-in-slices.ts'

const flags = Array.from({ length: 1500 }, (_, index) => aFlag(`flag-${index}`, { variants: [{ key: 'on', value: true }, { key: 'off "]},{[\\', value: false }] }))
const whole = JSON.stringify(aRuleset({ flags, cohorts: [{ key: 'c', unit: 'user', included: Array.from({ length: 5000 }, (_, index) => `\\"unit ${index}`) }] }))

test('a large text gives what it gives in one go, in many slices', async () => {
  let pauses = 0
  expect(whole.length).toBeGreaterThan(300_000)
  for (const text of [whole, whole.replaceAll(',', ' ,\n '), whole.replaceAll('[', '[ ').replaceAll(']', ' ]')]) {
    expect(await parseInSlices(text, async () => { pauses++ })).toEqual(parseRuleset(text))
  }
  expect(pauses).toBeGreaterThan(9)
})

test('a large text that is cut, or changed anywhere, gives what it gives in one go', async () => {
  const characters = fc.constantFrom('"', '\\', ',', '[', ']', '{', '}', ':', ' ', '0', 'x', '')
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: whole.length }), characters, fc.boolean(), async (at, character, isCut) => {
      const text = isCut ? whole.slice(0, Math.max(200_001, at)) : whole.slice(0, at) + character + whole.slice(at + 1)
      expect(await parseInSlices(text, async () => undefined)).toEqual(parseRuleset(text))
    }),
    { numRuns: 150 },
  )
})

test('commas too many, doubled names and odd envelopes give what they give in one go', async () => {
  const odd = [
    whole.replace('"flags":[', '"flags":[,'), whole.replace('],"cohorts"', ',],"cohorts"'), whole.replace('"flags":[', '"flags":[],"flags":['), whole.replace('"flags":[', '"flags":5,"flags":['),
    whole.replace('"layers":[]', '"layers":[],"layers":7'), whole.replace('"layers":[]', '"layers":[ ]'), whole.replace('"schema":1', '"schema":2'), `[${whole}]`, `"${'x'.repeat(300_000)}"`, whole.replace('"layers":[]', '"layers":[],"__proto__":[1]'),
  ]
  for (const text of odd) expect(await parseInSlices(text, async () => undefined)).toEqual(parseRuleset(text))
})
