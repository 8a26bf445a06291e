import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compilePattern } from './pattern.ts'

function matches(pattern: string, text: string, ignoreCase = false): boolean | undefined {
  const compiled = compilePattern(pattern, ignoreCase)
  if (!compiled.ok) throw new Error(`${pattern}: ${compiled.error}`)
  return compiled.matches(text)
}

test.each<[pattern: string, yes: string[], no: string[]]>([
  ['', ['', 'anything'], []],
  ['b', ['abc', 'b'], ['', 'aac']],
  ['^ab$', ['ab'], ['abc', 'xab', 'ab\n', '\nab']],
  ['\\Aab\\z', ['ab'], ['ab\n', 'xab']],
  ['^a|b$', ['ax', 'xb'], ['xa', 'bx']],
  ['^(?:a|b)$', ['a', 'b'], ['ab', '']],
  ['^(a|)$', ['a', ''], ['b']],
  ['^a*b+c?$', ['b', 'aabbc'], ['ac', 'bcc']],
  ['^a{2}$', ['aa'], ['a', 'aaa']],
  ['^a{2,}$', ['aa', 'aaaaa'], ['a']],
  ['^a{1,3}?$', ['a', 'aaa'], ['', 'aaaa']],
  ['^a{0}b$', ['b'], ['ab']],
  ['^(?:a*)*$', ['', 'aaa'], ['ab']],
  ['^(?:){3}x$', ['x'], ['xx']],
  ['a{,3}', ['xa{,3}'], ['aaa']],
  ['^{}]$', ['{}]'], ['']],
  ['^.$', ['a', '\r', '😀', 'é'], ['\n', '', 'ab']],
  ['(?s)^.$', ['\n'], ['']],
  ['(?m)^b$', ['a\nb\nc', 'b'], ['abc']],
  ['(?i)straße', ['STRAßE', 'straße'], ['STRASSE']],
  ['a(?i)b|c', ['ab', 'aB', 'C'], ['AB']],
  ['(?i:a)b', ['Ab'], ['AB']],
  ['(?i)a(?-i)b', ['Ab'], ['AB']],
  ['^(?P<plan>pro|team)-(?<n>\\d+)$', ['pro-1', 'team-20'], ['pro-', 'free-1']],
  ['^[a-c_]+$', ['abc_'], ['abd', '-']],
  ['^[^a-c]$', ['d', '\n'], ['a']],
  ['^[]a]$', [']', 'a'], ['b']],
  ['^[a-]$', ['a', '-'], ['b']],
  ['^[\\d.]+$', ['1.2'], ['1a']],
  ['^[\\-\\]\\\\]+$', ['-]\\'], ['a']],
  ['^\\w+@\\w+\\.com$', ['jon@company.com'], ['jon@company-com', 'jön@company.com']],
  ['^\\W\\D\\S$', ['-ab', 'ääb'], ['a-b', '-1b']],
  ['^\\s$', [' ', '\t', '\n', '\f', '\r'], ['\v', '\u00a0']],
  ['^[^\\s]$', ['\v', 'x'], [' ']],
  ['\\bcat\\b', ['a cat.', 'cat'], ['concat', 'cats']],
  ['\\Bcat', ['concat'], ['cat', ' cat']],
  ['^\\x41\\x{1F600}\\t\\a\\v$', ['A😀\t\u0007\v'], ['A😀']],
  ['^\\.\\*\\(\\)\\/\\@$', ['.*()/@'], ['']],
  ['^\\pL+$', ['aßΩж'], ['a1']],
  ['^\\p{Greek}\\P{Greek}\\p{^Greek}$', ['Ωab'], ['abc', 'ΩΩb']],
  ['^[\\p{Lu}0-9]+$', ['ÄB9'], ['äb']],
  ['^😀{2}$', ['😀😀'], ['😀']],
])('%j matches what it should', (pattern, yes, no) => {
  expect(yes.filter((text) => matches(pattern, text) !== true)).toEqual([])
  expect(no.filter((text) => matches(pattern, text) !== false)).toEqual([])
})

test('ignoring case folds as Unicode does', () => {
  expect(matches('^straße$', 'STRAßE', true)).toBe(true)
  expect(matches('^[à-ý]+$', 'ÀÝ', true)).toBe(true)
  expect(matches('^[^a]$', 'A', true)).toBe(false)
  expect(matches('σ', 'ς', true)).toBe(true)
})

test.each([
  ['(?=a)', 'look-around'],
  ['(?!a)', 'look-around'],
  ['(?<=a)b', 'look-around'],
  ['(?<!a)b', 'look-around'],
  ['(a)\\1', 'back-reference'],
  ['(?<n>a)\\k<n>', 'back-reference'],
  ['\\u0041', 'no escape \\u'],
  ['\\cA', 'no escape \\c'],
  ['\\q', 'no escape \\q'],
  ['a\\', 'ends with a backslash'],
  ['(a', 'does not close'],
  ['a)', 'is not open'],
  ['[a', 'does not close'],
  ['[]', 'does not close'],
  ['[b-a]', 'range'],
  ['[\\d-a]', 'range'],
  ['[[:alpha:]]', 'named classes'],
  ['*a', 'repeats nothing'],
  ['(?i)*', 'repeats nothing'],
  ['a**', 'repeats a repeat'],
  ['a{2}{3}', 'repeats a repeat'],
  ['a++', 'possessive'],
  ['a{1001}', '1000 times'],
  ['a{3,2}', 'larger number first'],
  ['(?>a)', 'none of RE2'],
  ['(?)', 'flags'],
  ['\\x4', '\\x'],
  ['\\x{110000}', '\\x'],
  ['\\p{Klingon}', 'no property Klingon'],
  ['\\p{', 'names no property'],
  ['(?:a{1000}){1000}', 'too large'],
  ['(?:(?:(?:){1000}){1000}){1000}', 'too large'],
  ['('.repeat(101) + ')'.repeat(101), 'nests groups'],
  ['a'.repeat(1001), 'longer than'],
])('a refusal names its reason: $1', (pattern, reason) => {
  const compiled = compilePattern(pattern)
  expect(compiled.ok ? 'accepted' : compiled.error).toContain(reason)
})

/** Patterns that mean the same here and in JavaScript. `\B` is left out: V8 finds it within a surrogate pair. */
const { pattern: common } = fc.letrec<{ pattern: string; piece: string; group: string }>((tie) => ({
  pattern: fc.array(tie('piece'), { maxLength: 3 }).map((pieces) => pieces.join('')),
  piece: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom('a', 'b', 'c', '.', '\\d', '\\w', '\\W', '[ab]', '[^ab]', '[a-c0-9]', '^', '$', '\\b', 'é', '😀'),
    tie('group'),
  ),
  group: fc.tuple(tie('pattern'), tie('pattern'), fc.constantFrom('', '*', '+', '?', '{2}', '{0,2}', '{1,}', '*?')).map(([one, other, repeat]) => `(?:${one}|${other})${repeat}`),
}))

test('answers agree with the host’s engine on what both understand', () => {
  fc.assert(
    fc.property(common, fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', ' ', 'é', '😀', 'A'), maxLength: 8 }), { minLength: 1, maxLength: 10 }), fc.boolean(), (pattern, texts, ignoreCase) => {
      const host = new RegExp(pattern, ignoreCase ? 'iu' : 'u')
      const compiled = compilePattern(pattern, ignoreCase)
      expect(compiled.ok && texts.map(compiled.matches)).toEqual(texts.map((text) => host.test(text)))
    }),
    { numRuns: 5000 },
  )
})

test('any text is a pattern or is refused with a sentence', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'ab()[]{}|*+?^$.\\-:<>=!,09pPLxixsm') })), (text) => {
      const compiled = compilePattern(text)
      if (compiled.ok) expect(typeof compiled.matches('aab')).toBe('boolean')
      else expect(compiled.error).toMatch(/^[a-zR].*\.$/s)
    }),
    { numRuns: 5000 },
  )
})

test('a pattern that makes others backtrack is answered, and of an overlong text nothing is said', () => {
  expect(matches('^(a+)+$', `${'a'.repeat(9_000)}!`)).toBe(false)
  expect(matches('^(a|a?)+$', 'a'.repeat(10_000))).toBe(true)
  expect(matches('a', 'a'.repeat(10_001))).toBeUndefined()
})

test('opposites of classes are turned round after folding, and what repeats nothing or names a group twice is refused', () => {
  for (const letter of ['k', 's', 'K', 'S']) {
    expect(matches('\\W', letter, true)).toBe(false)
    expect(matches('[^\\w]', letter, true)).toBe(false)
    expect(matches('[\\W]', letter, true)).toBe(false)
  }
  expect(matches('\\W', '\u212a', true)).toBe(false)
  expect(matches('\\W', '\u212a')).toBe(true)
  expect(matches('\\w', '\u017f', true)).toBe(true)
  for (const pattern of ['{2}', 'a|{1,2}', '({3,}a)', '(?P<n>a)(?<n>b)']) expect(compilePattern(pattern).ok, pattern).toBe(false)
  expect(matches('a{x', 'a{x')).toBe(true)
})
