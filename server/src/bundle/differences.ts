/** A place where two documents are not the same, such as `metrics.0.comparisons.0.p`. */
export interface Difference {
  path: string
  found: unknown
  expected: unknown
}

/** Every leaf that differs. Numbers must agree in every digit; what JSON cannot tell apart is the same. */
export function differences(found: unknown, expected: unknown, path = ''): Difference[] {
  if (Object.is(found, expected) || JSON.stringify(found) === JSON.stringify(expected)) return []
  if (!isObject(found) || !isObject(expected) || Array.isArray(found) !== Array.isArray(expected)) return [{ path, found, expected }]
  const names = [...new Set([...Object.keys(found), ...Object.keys(expected)])]
  return names.flatMap((name) => differences(found[name], expected[name], path === '' ? name : `${path}.${name}`))
}

export interface RelativeDifference {
  path: string
  relative: number
}

/** Where two documents' numbers lie farthest apart, relative to the larger; null where all are equal. Anything else that differs counts as wholly different. */
export function largestDifference(found: unknown, expected: unknown): RelativeDifference | null {
  let largest: RelativeDifference | null = null
  for (const { path, found: a, expected: b } of differences(found, expected)) {
    const relative = typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b)) : 1
    if (largest === null || relative > largest.relative) largest = { path, relative }
  }
  return largest
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
