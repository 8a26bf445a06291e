import { expect, test } from 'vitest'
import { liveOnText } from './live-on-text.ts'

test.each([
  [0, 0, null, 'No SDK is connected here'],
  [1, 0, null, 'Live on 0 of 1 connected SDK'],
  [4, 3, null, 'Live on 3 of 4 connected SDKs'],
  [1, 1, null, 'Live on the 1 connected SDK'],
  [1200, 1200, null, 'Live on all 1,200 connected SDKs'],
  [1, 1, 760, 'Live everywhere in 0.8 s, on the 1 connected SDK'],
  [4, 4, 12, 'Live everywhere in 0.1 s, on all 4 connected SDKs'],
  [4, 4, 1_000, 'Live everywhere in 1.0 s, on all 4 connected SDKs'],
  [4, 4, 12_300, 'Live everywhere in 13 s, on all 4 connected SDKs'],
])('%i connected, %i up to date, the last after %s ms', (connected, upToDate, liveAfterMs, words) => {
  expect(liveOnText({ connected, upToDate, liveAfterMs })).toBe(words)
})
