import { expect, test } from 'vitest'
import { liveOnText } from './live-on-text.ts'

test.each([
  [0, 0, 'No SDK is connected here'],
  [1, 0, 'Live on 0 of 1 connected SDK'],
  [4, 3, 'Live on 3 of 4 connected SDKs'],
  [1, 1, 'Live on the 1 connected SDK'],
  [1200, 1200, 'Live on all 1,200 connected SDKs'],
])('%i connected and %i up to date', (connected, upToDate, words) => {
  expect(liveOnText({ connected, upToDate })).toBe(words)
})
