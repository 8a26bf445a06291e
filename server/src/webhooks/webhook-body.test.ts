import { expect, test } from 'vitest'
import type { AuditEntry } from '../contract/audit.ts'
import { entryBody, testBody } from './webhook-body.ts'

const entry: AuditEntry = {
  seq: 7, at: '2026-03-01T12:00:00.000Z', actor: { id: 'a', name: 'Ada', token: 'CI' }, action: 'flag.turned_off', entity: { kind: 'flag', key: 'checkout' }, environment: 'production', before: { on: true }, after: { on: false }, reason: null,
  revision: 3, hash: 'ab',
}

test('a change is told as the audit log has it, with its project and its time', () => {
  const { at, ...data } = entry
  expect(JSON.parse(entryBody('shop', entry))).toEqual({ type: 'flag.turned_off', timestamp: at, data: { project: 'shop', ...data, shortened: false } })
})

test('a large change is told without what was before and after, and says so', () => {
  const body = entryBody('shop', { ...entry, after: { included: Array.from({ length: 30_000 }, (_, index) => `user-${index}`) } })
  expect(body.length).toBeLessThan(1000)
  expect(JSON.parse(body)).toMatchObject({ type: 'flag.turned_off', data: { seq: 7, before: null, after: null, shortened: true } })
})

test('a test says who wanted it', () => {
  expect(JSON.parse(testBody('shop', 'Ada', new Date('2026-03-01T12:00:00Z')))).toEqual({ type: 'webhook.test', timestamp: '2026-03-01T12:00:00.000Z', data: { project: 'shop', by: 'Ada' } })
})
