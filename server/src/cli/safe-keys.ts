/** A valid, distinct key for every name: characters a key cannot hold become dashes. */
export function safeKeys(names: readonly string[], allowed: RegExp, limit: number): Map<string, string> {
  const keys = new Map<string, string>()
  const taken = new Set<string>()
  for (const name of names) {
    const base = [...name.normalize('NFKD')].map((char) => (allowed.test(char) ? char : '-')).join('').replace(/^[-._]+/, '').slice(0, limit - 4) || 'key'
    let key = base
    for (let n = 2; taken.has(key); n++) key = `${base}-${n}`
    taken.add(key)
    keys.set(name, key)
  }
  return keys
}
