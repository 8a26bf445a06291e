/** Where a JSON value has a key, at any depth, that `wanted` says yes to; null where it has none. */
export function findKey(value: unknown, wanted: (key: string) => boolean, path: readonly string[] = []): string | null {
  if (typeof value !== 'object' || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    if (wanted(key)) return [...path, key].join('.')
    if (typeof inner !== 'object' || inner === null) continue
    const found = findKey(inner, wanted, [...path, key])
    if (found !== null) return found
  }
  return null
}
