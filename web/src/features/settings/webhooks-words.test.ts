import { expect, test } from 'vitest'
import { deliveryStanding, kindsText, laidOut, standingOf } from './webhooks-words.ts'

test.each([[null, 'Every change'], [['flag'], 'Flags'], [['flag', 'experiment', 'task'], 'Flags, Experiments, Tasks'], [['flag', 'experiment', 'task', 'key'], 'Flags, Experiments and 2 more']] as const)('the kinds %j read %s', (kinds, words) => {
  expect(kindsText(kinds && [...kinds])).toBe(words)
})

test('a webhook is on, failing, off, or switched off with the reason', () => {
  const on = { enabled: true, offBecause: null, failingSince: null }
  expect([on, { ...on, failingSince: '2026-05-01T00:00:00.000Z' }, { ...on, enabled: false }, { ...on, enabled: false, offBecause: 'It answered 410.' }].map((webhook) => [standingOf(webhook).words, standingOf(webhook).why])).toEqual([
    ['On', null], ['Failing', 'Nothing comes through. After five days of that it is switched off.'], ['Off', null], ['Switched off', 'It answered 410.'],
  ])
})

test('a delivery that was tried without success says that it is retried', () => {
  expect([{ state: 'waiting', attempts: 0 } as const, { state: 'waiting', attempts: 2 } as const, { state: 'failed', attempts: 9 } as const, { state: 'delivered', attempts: 1 } as const].map((delivery) => deliveryStanding(delivery).words)).toEqual(['Queued', 'To be retried', 'Failed', 'Delivered'])
})

test('a body is laid out, and what is no JSON is left as it is', () => {
  expect([laidOut('{"a":[1]}'), laidOut('oops')]).toEqual(['{\n  "a": [\n    1\n  ]\n}', 'oops'])
})
