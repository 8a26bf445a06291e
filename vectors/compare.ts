export interface VectorCase {
  id: string
  fn: string
  input: unknown
  expected: unknown
  tol: { rel: number; abs: number }
}

export interface VectorFile {
  name: string
  cases: VectorCase[]
}

/** What differs, in words; only the keys that `expected` has are compared. "Infinity", "-Infinity" and "NaN" stand for those numbers, null for undefined. */
export function differences(actual: unknown, expectedRaw: unknown, tol: VectorCase['tol'], at = '$'): string[] {
  const expected = expectedRaw === 'Infinity' ? Infinity : expectedRaw === '-Infinity' ? -Infinity : expectedRaw === 'NaN' ? NaN : expectedRaw
  if (expected === null) return actual === null || actual === undefined ? [] : [`${at}: expected null, got ${String(actual)}`]
  if (typeof expected === 'number') return sameNumber(actual, expected, tol) ? [] : [`${at}: expected ${expected}, got ${String(actual)}`]
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${at}: expected a list, got ${String(actual)}`]
    if (actual.length !== expected.length) return [`${at}: expected ${expected.length} entries, got ${actual.length}`]
    return expected.flatMap((entry, i) => differences(actual[i], entry, tol, `${at}[${i}]`))
  }
  if (typeof expected === 'object') {
    if (actual === null || typeof actual !== 'object') return [`${at}: expected an object, got ${String(actual)}`]
    return Object.entries(expected).flatMap(([key, value]) => differences((actual as Record<string, unknown>)[key], value, tol, `${at}.${key}`))
  }
  return actual === expected ? [] : [`${at}: expected ${String(expected)}, got ${String(actual)}`]
}

function sameNumber(actual: unknown, expected: number, tol: VectorCase['tol']): boolean {
  if (typeof actual !== 'number') return false
  if (Number.isNaN(expected)) return Number.isNaN(actual)
  if (!Number.isFinite(expected)) return actual === expected
  return Math.abs(actual - expected) <= tol.abs + tol.rel * Math.abs(expected)
}
