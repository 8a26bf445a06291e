import { expect, test } from 'vitest'
import { deviceOf, sessionName } from './session-words.ts'

test.each([
  ['Firefox 143', 'macOS', 'Firefox 143 on macOS', 'computer'],
  ['Chrome 140', 'Android', 'Chrome 140 on Android', 'phone'],
  ['Safari 26', 'iPad', 'Safari 26 on iPad', 'phone'],
  ['curl', null, 'curl', 'program'],
  [null, 'Linux', 'A browser on Linux', 'computer'],
  [null, null, 'A browser that does not say what it is', 'program'],
])('%j on %j is %j, a %s', (browser, system, name, device) => {
  expect([sessionName({ browser, system }), deviceOf({ browser, system })]).toEqual([name, device])
})
