import { expect, test } from 'vitest'
import { contradictions } from './contradictions.ts'
import { similarBelief } from './similar-belief.ts'

const orders = { key: 'orders', name: 'Order rate' }
function learning(experiment: string, hypothesis: string, belief: string, lower: number | null, upper: number | null, more: { metric?: typeof orders; evidence?: 'strong' | 'none' } = {}) {
  return { experiment, hypothesis, title: belief, belief, evidence: more.evidence ?? 'moderate', metric: more.metric ?? orders, liftLower: lower, liftUpper: upper } as const
}
const never = () => false
const countdownUp = learning('EXP-1', 'H-1', 'Showing a countdown at checkout', 0.01, 0.05)
const countdownDown = learning('EXP-2', 'H-2', 'A countdown clock at the checkout', -0.09, -0.02)

test('the same belief on the same metric, once clearly up and once clearly down', () => {
  expect(contradictions([countdownDown, countdownUp], never)).toEqual([{
    metric: 'orders',
    experiments: ['EXP-1', 'EXP-2'],
    sentence: 'EXP-1 (Showing a countdown at checkout) raised Order rate, EXP-2 (A countdown clock at the checkout) lowered it. Ask what was different: the people, the time, or the change.',
  }])
})

test.each([
  ['both up', learning('EXP-3', 'H-3', 'A countdown at checkout', 0.01, 0.02)],
  ['one is unclear', learning('EXP-3', 'H-3', 'A countdown at checkout', -0.01, 0.02)],
  ['an end is open', learning('EXP-3', 'H-3', 'A countdown at checkout', -0.01, null)],
  ['another metric', learning('EXP-3', 'H-3', 'A countdown at checkout', -0.03, -0.02, { metric: { key: 'refunds', name: 'Refund rate' } })],
  ['another belief', learning('EXP-3', 'H-3', 'Free returns on product pages', -0.03, -0.02)],
  ['unsound data', learning('EXP-3', 'H-3', 'A countdown at checkout', -0.03, -0.02, { evidence: 'none' })],
])('%s contradicts nothing', (_case, other) => {
  expect(contradictions([countdownUp, other], never)).toEqual([])
})

test('a replication contradicts whatever its words are', () => {
  const again = learning('EXP-4', 'H-4', 'Once more in spring', -0.03, -0.02)
  expect(contradictions([countdownUp, again], (a, b) => [a, b].sort().join() === 'H-1,H-4')).toHaveLength(1)
})

test.each([
  ['express pay at checkout', 'show the express payment earlier in the checkout', true],
  ['express pay at checkout', 'say that returns are free', false],
  ['countdown', 'countdown', false],
  ['the and of', 'with for', false],
])('%s ~ %s: %s', (a, b, alike) => {
  expect(similarBelief(a, b)).toBe(alike)
})
