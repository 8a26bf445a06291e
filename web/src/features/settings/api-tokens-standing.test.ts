import { expect, test } from 'vitest'
import { endAfter, isInUse, tokenSnippet, tokenStanding } from './api-tokens-standing.ts'

const now = new Date('2026-05-02T09:00:00.000Z')

test.each([
  ['2026-06-02T09:00:00.000Z', null, { kind: 'works', endsSoon: false }],
  ['2026-05-12T09:00:00.000Z', null, { kind: 'works', endsSoon: true }],
  ['2026-05-02T09:00:00.000Z', null, { kind: 'expired', at: '2026-05-02T09:00:00.000Z' }],
  ['2026-06-02T09:00:00.000Z', '2026-05-01T09:00:00.000Z', { kind: 'revoked', at: '2026-05-01T09:00:00.000Z', by: 'Ada' }],
])('a token that ends %s and was revoked %s stands as %j', (expiresAt, revokedAt, standing) => {
  expect(tokenStanding({ expiresAt, revokedAt, revokedBy: revokedAt === null ? null : 'Ada' }, now)).toEqual(standing)
})

test('a token is in use if a request came with it in the last 30 days', () => {
  expect([null, '2026-05-02T08:59:00.000Z', '2026-04-03T09:00:00.000Z', '2026-04-02T08:00:00.000Z'].map((lastUsedAt) => isInUse({ lastUsedAt }, now))).toEqual([false, true, true, false])
})

test('a lifetime is counted from now', () => {
  expect(endAfter(30, now)).toBe('2026-06-01T09:00:00.000Z')
})

test('the snippet has the token filled in', () => {
  expect(tokenSnippet('https://assay.example.com', 'shop', 'assay_pat_x')).toBe("curl -H 'authorization: Bearer assay_pat_x' \\\n  https://assay.example.com/api/v1/projects/shop/flags")
})
