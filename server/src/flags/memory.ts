/**
 * Keeps what was read under a key for as long as its mark is the same, of so many keys as are used last. Who asks while
 * it is read waits for that reading; one that failed is not kept.
 */
export function createMemory<T>(most: number): (key: string, mark: string, read: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, { mark: string; value: Promise<T> }>()

  return (key, mark, read) => {
    const known = kept.get(key)
    const now = known?.mark === mark ? known : { mark, value: read() }
    kept.delete(key)
    kept.set(key, now)
    if (now !== known) now.value.catch(() => { if (kept.get(key) === now) kept.delete(key) })
    const [oldest] = kept.keys()
    if (kept.size > most && oldest !== undefined) kept.delete(oldest)
    return now.value
  }
}
