/**
 * The first circle in a graph, as the keys along it with the first one repeated at the end, or null. Iterative, so that
 * a long chain cannot exhaust the stack; edges to unknown keys are ignored.
 */
export function findCycle(edges: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>()
  for (const start of edges.keys()) {
    if (done.has(start)) continue
    const path = [{ key: start, next: 0 }]
    const onPath = new Set([start])
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const target = edges.get(top.key)?.[top.next]
      top.next += 1
      if (target === undefined) {
        path.pop()
        onPath.delete(top.key)
        done.add(top.key)
      } else if (onPath.has(target)) {
        const keys = path.map((step) => step.key)
        return [...keys.slice(keys.indexOf(target)), target]
      } else if (edges.has(target) && !done.has(target)) {
        path.push({ key: target, next: 0 })
        onPath.add(target)
      }
    }
  }
  return null
}
