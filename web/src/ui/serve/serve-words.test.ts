import { expect, test } from 'vitest'
import type { Serve, Split } from '@assay/sdk/core'
import { namingOf } from './naming.ts'
import { serveChangeText, servedParts, serveText } from './serve-words.ts'

const naming = namingOf([{ key: 'control', name: 'Control' }, { key: 'express', name: 'Express' }, { key: 'third' }])
const split = (more: Partial<Split> = {}, ...weights: number[]): Split => ({ unit: 'user', salt: 's1', hash: 'murmur3', coverage: 100_000, arms: (['control', 'express', 'third'] as const).slice(0, weights.length).map((variant, index) => ({ variant, weight: weights[index] ?? 0 })), ...more })

test('what is served reads as a sentence', () => {
  expect(serveText({ variant: 'express' }, naming)).toBe('Express')
  expect(serveText({ variant: 'gone' }, naming)).toBe('gone')
  expect(serveText(split({}, 50_000, 50_000), naming)).toBe('Control 50%, Express 50%')
  expect(serveText(split({ coverage: 20_000, unit: 'company' }, 33_333, 66_667), naming)).toBe('Control 33.3%, Express 66.7% of the 20% it reaches, by company')
})

test.each<[Serve, Serve, string]>([
  [split({}, 50_000, 50_000), split({}, 25_000, 75_000), 'Express 50% to 75%'],
  [split({}, 50_000, 25_000, 25_000), split({}, 50_000, 40_000, 10_000), 'Express 25% to 40%, third 25% to 10%'],
  [split({ coverage: 10_000 }, 50_000, 50_000), split({ coverage: 20_000 }, 50_000, 50_000), 'reach 10% to 20%'],
  [split({}, 50_000, 50_000), split({ salt: 's2', unit: 'company' }, 50_000, 50_000), 'by company instead of user, everybody divided anew'],
  [split({}, 50_000, 50_000), split({ layer: { key: 'checkout', from: 20_000, to: 50_000 } }, 50_000, 50_000), 'now in 20% to 50% of the layer checkout'],
  [split({ layer: { key: 'checkout', from: 0, to: 50_000 } }, 50_000, 50_000), split({}, 50_000, 50_000), 'in no layer any more'],
  [{ variant: 'control' }, { variant: 'express' }, 'Control to Express'],
  [{ variant: 'control' }, split({}, 50_000, 50_000), 'Control to Control 50%, Express 50%'],
])('the change of %j to %j is said', (before, after, words) => {
  expect(serveChangeText(before, after, naming)).toBe(words)
})

test('shares are of everybody a rule matches', () => {
  expect(servedParts({ variant: 'express' }, naming)).toEqual([{ label: 'Express', share: 1, series: 1 }])
  expect(servedParts(split({ coverage: 20_000 }, 50_000, 50_000), naming).map(({ share }) => share)).toEqual([0.1, 0.1])
})
