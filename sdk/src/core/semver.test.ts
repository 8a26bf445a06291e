import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareVersions, parseVersion } from './semver.ts'

/** In the order of semver.org 2.0.0, section 11, each lower than the next. */
const ascending = ['0.0.0', '0.0.1', '0.1.0', '1.0.0-0', '1.0.0-1', '1.0.0-10', '1.0.0--1', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.1.0', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1.0.0', '1.9.0', '1.10.0', '2.0.0', '9007199254740993.0.0', '9007199254740994.0.0', '10000000000000000000.0.0']

function order(a: string, b: string): number {
  const [one, other] = [parseVersion(a), parseVersion(b)]
  if (!one || !other) throw new Error(`${a} or ${b} is no version`)
  return Math.sign(compareVersions(one, other))
}

test('versions are in the order of the specification, whichever two are compared', () => {
  for (const [i, a] of ascending.entries()) for (const [j, b] of ascending.entries()) expect(`${a} ${order(a, b)} ${b}`).toBe(`${a} ${Math.sign(i - j)} ${b}`)
})

test('build metadata changes nothing', () => {
  expect(order('1.0.0+1', '1.0.0+2')).toBe(0)
  expect(order('1.0.0-rc.1+exp.sha', '1.0.0-rc.1')).toBe(0)
})

test.each(['', '1', '1.2', '1.2.3.4', 'v1.2.3', '01.2.3', '1.2.03', '1.2.3-', '1.2.3-01', '1.2.3-a..b', '1.2.3+', '1.2.3-ä', ' 1.2.3', '1.2.3\n', '-1.2.3', `1.2.3-${'a'.repeat(260)}`])('%j is no version', (text) => {
  expect(parseVersion(text)).toBeUndefined()
})

test('the order is total', () => {
  const version = fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 }), fc.nat({ max: 2 }), fc.array(fc.constantFrom('0', '1', '10', 'a', 'b', 'rc-1'), { maxLength: 3 })).map(([a, b, c, rest]) => `${a}.${b}.${c}${rest.length > 0 ? `-${rest.join('.')}` : ''}`)
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      expect(order(a, b) + order(b, a)).toBe(0)
      if (order(a, b) <= 0 && order(b, c) <= 0) expect(order(a, c)).toBeLessThanOrEqual(0)
      expect(order(a, b) === 0).toBe(a === b)
    }),
    { numRuns: 2000 },
  )
})
