import { expect, test } from 'vitest'
import { acknowledgedFrame, bytesOf, changedFrame, everythingFrame, mergeFrames, MOST_NAMED } from './live-frame.ts'

const flag = (key: string, revision = 1) => ({ kind: 'flag', key, environment: 'production', revision })
const many = (count: number, prefix = 'flag') => Array.from({ length: count }, (_, index) => flag(`${prefix}-${index}`))
const standing = (environment: string, upToDate: number) => ({ environment, epoch: 'e', version: 4, publishedAt: '2026-01-05T09:00:00.000Z', connected: 4, upToDate, liveAfterMs: upToDate === 4 ? 800 : null })

test('a frame is an event with the log’s position as its id', () => {
  expect(bytesOf(changedFrame(7, [flag('express-pay', 3)])).toString()).toBe('id: 7\nevent: changed\ndata: {"changes":[{"kind":"flag","key":"express-pay","environment":"production","revision":3}],"all":false}\n\n')
})

test('what no log holds moves no reader’s position', () => {
  expect(bytesOf(changedFrame(null, [{ kind: 'analysis', key: 'EXP-1', environment: null, revision: null }])).toString()).toMatch(/^event: changed\n/)
  expect(bytesOf(acknowledgedFrame(standing('production', 4))).toString()).toBe('event: acknowledged\ndata: {"environment":"production","epoch":"e","version":4,"publishedAt":"2026-01-05T09:00:00.000Z","connected":4,"upToDate":4,"liveAfterMs":800}\n\n')
})

test('a reader that is told its position gets an event even where nothing changed', () => {
  expect(bytesOf(changedFrame(7, [])).toString()).toMatch(/^id: 7\nevent: changed\n/)
})

test('all readers share one buffer', () => {
  const frame = changedFrame(1, [flag('a')])
  expect(bytesOf(frame)).toBe(bytesOf(frame))
})

test('a thing that changed several times is named once, as it is now', () => {
  expect(changedFrame(3, [flag('a', 1), flag('b'), flag('a', 2)]).changes).toEqual([flag('a', 2), flag('b')])
})

test('a reader that missed two frames is owed both, up to the later position', () => {
  expect(mergeFrames(changedFrame(4, [flag('a')]), changedFrame(5, [flag('b')]))).toEqual(changedFrame(5, [flag('a'), flag('b')]))
  expect(mergeFrames(changedFrame(4, [flag('a')]), changedFrame(null, [flag('b')])).seq).toBe(4)
})

test('of acknowledgements a reader is owed the newest of each environment', () => {
  const first = mergeFrames(acknowledgedFrame(standing('production', 1)), acknowledgedFrame(standing('staging', 4)))
  const owed = mergeFrames(mergeFrames(first, changedFrame(5, [flag('a')])), acknowledgedFrame(standing('production', 4)))
  expect(owed).toEqual({ ...changedFrame(5, [flag('a')]), acknowledged: [standing('production', 4), standing('staging', 4)] })
  expect(bytesOf(owed).toString().match(/^event: \w+$/gm)).toEqual(['event: changed', 'event: acknowledged', 'event: acknowledged'])
})

test('what is owed stays bounded: beyond the most that is named, anything may have changed', () => {
  expect(changedFrame(9, many(MOST_NAMED))).toMatchObject({ all: false })
  expect(changedFrame(9, many(MOST_NAMED + 1))).toEqual(everythingFrame(9))
  expect(mergeFrames(changedFrame(9, many(MOST_NAMED)), changedFrame(10, [flag('one-more')]))).toEqual(everythingFrame(10))
  expect(mergeFrames(everythingFrame(10), changedFrame(11, [flag('a')]))).toEqual(everythingFrame(11))
})
