import { expect, test } from 'vitest'
import { plainContext } from './plain-context.ts'

test('dates become ISO texts, wherever they stand', () => {
  const at = new Date('2026-03-02T14:32:08.120Z')
  expect(plainContext({ targetingKey: 'u', at, plan: { since: at }, days: [at, 1], never: new Date(NaN) })).toEqual({
    targetingKey: 'u', at: '2026-03-02T14:32:08.120Z', plan: { since: '2026-03-02T14:32:08.120Z' }, days: ['2026-03-02T14:32:08.120Z', 1], never: null,
  })
})

test('a context without dates is handed on as it is', () => {
  const context = { targetingKey: 'u', plan: { name: 'pro' }, tags: ['a'], nothing: null }
  expect(plainContext(context)).toBe(context)
})

test('a context in a circle ends', () => {
  const context: Record<string, unknown> = { targetingKey: 'u', at: new Date(0) }
  context['self'] = context
  expect(plainContext(context)).toMatchObject({ targetingKey: 'u', at: '1970-01-01T00:00:00.000Z' })
})
