import { expect, test } from 'vitest'
import { sdksOf } from './sdks.ts'

test('connections are told by SDK, with those that have older rules', () => {
  const of = (sdk: string, version: number, seenAt: string, epoch = 'e') => ({ instanceId: seenAt, sdk, epoch, version, appliedAt: seenAt, seenAt })
  const instances = [of('a 1', 7, '2026-11-24T10:00:00Z'), of('b 2', 7, '2026-11-24T10:00:01Z'), of('b 2', 6, '2026-11-24T10:00:03Z'), of('b 2', 9, '2026-11-24T10:00:02Z', 'before')]
  expect(sdksOf({ epoch: 'e', version: 7, connected: 4, upToDate: 2, publishedAt: null, liveAfterMs: null, instances })).toEqual([
    { sdk: 'b 2', connected: 3, behind: 2, seenAt: '2026-11-24T10:00:03Z' },
    { sdk: 'a 1', connected: 1, behind: 0, seenAt: '2026-11-24T10:00:00Z' },
  ])
})
