/** Where a JSON value has a key that parsers drop without a word, `__proto__`; null where it has none. */
export function reservedKey(value: unknown, path: readonly string[] = []): string | null {
  if (typeof value !== 'object' || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    if (key === '__proto__') return [...path, key].join('.')
    if (typeof inner !== 'object' || inner === null) continue
    const found = reservedKey(inner, [...path, key])
    if (found !== null) return found
  }
  return null
}
