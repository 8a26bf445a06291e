import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

test('the example of RFC 8785 has the text that the RFC gives', () => {
  const value = { numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001], string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/', literals: [null, true, false] }
  expect(canonicalJson(value)).toBe(String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`)
})

test('members sort by UTF-16 code units, as the RFC shows', () => {
  const value = { '\u20ac': 'Euro Sign', '\r': 'Carriage Return', '\ufb33': 'Hebrew Letter Dalet With Dagesh', '1': 'One', '\ud83d\ude00': 'Emoji: Grinning Face', '\u0080': 'Control', '\u00f6': 'Latin Small Letter O With Diaeresis' }
  const order = (JSON.parse(canonicalJson(value).replace(/"[^"]*":("[^"]*")/g, '$1').replace('{', '[').replace('}', ']')) as string[]).map((text) => text.split(' ')[0])
  expect(order).toEqual(['Carriage', 'One', 'Control', 'Latin', 'Euro', 'Emoji:', 'Hebrew'])
})

test('a value and its copy through JSON have one text, whatever the order of members', () => {
  const reversed = (value: unknown): unknown => (Array.isArray(value) ? value.map(reversed) : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).reverse().map(([key, member]) => [key, reversed(member)])) : value)
  fc.assert(fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
    const text = canonicalJson(value)
    expect(canonicalJson(JSON.parse(JSON.stringify(value)))).toBe(text)
    expect(canonicalJson(JSON.parse(text))).toBe(text)
    expect(canonicalJson(reversed(value))).toBe(text)
  }))
})

test('members that are undefined are left out', () => {
  expect(canonicalJson({ b: undefined, a: { c: undefined } })).toBe('{"a":{}}')
})

const circle: { self?: unknown } = {}
circle.self = circle
test.each([[Number.NaN], [Number.POSITIVE_INFINITY], ['\ud800'], [{ '\udc00': 1 }], [[undefined]], [() => 1], [1n], [Symbol('s')], [circle]])('%o has no text', (value) => {
  expect(() => canonicalJson(value)).toThrow(TypeError)
})
