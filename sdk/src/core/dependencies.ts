/** Deeper chains of cohorts or prerequisites are not followed: the last link is unknown or unmet. */
const DEEPEST = 16

/** Whether a thing may ask another one that it names: it must exist, the two must not be on a circle, the chain not too deep. */
export type MayFollow = (from: string, to: string) => boolean

interface Node {
  index: number
  low: number
  onStack: boolean
  /** Equal for all nodes of one circle. */
  circle: number
  /** Links of the longest chain below. */
  height: number
  next: readonly string[]
  at: number
}

/**
 * Finds circles and depths among things that name each other, in one pass (Tarjan's strongly connected components, with
 * its own stack, so that no depth overflows). The answer does not depend on where evaluation begins.
 */
export function followable(keys: Iterable<string>, namedBy: (key: string) => readonly string[]): MayFollow {
  const nodes = new Map<string, Node>()
  const known = new Set(keys)
  let visited = 0
  let circles = 0
  const open: Node[] = []

  function enter(key: string): Node {
    const node = { index: visited, low: visited, onStack: true, circle: -1, height: 0, next: namedBy(key).filter((named) => known.has(named)), at: 0 }
    visited++
    nodes.set(key, node)
    open.push(node)
    return node
  }

  function close(node: Node): void {
    if (node.low !== node.index) return
    for (let member = open.pop(); member; member = open.pop()) {
      member.onStack = false
      member.circle = circles
      if (member === node) break
    }
    circles++
  }

  for (const key of known) {
    if (nodes.has(key)) continue
    const path = [enter(key)]
    for (let node = path.at(-1); node; node = path.at(-1)) {
      const named = node.next[node.at]
      if (named === undefined) {
        close(node)
        path.pop()
        const above = path.at(-1)
        if (above) {
          above.low = Math.min(above.low, node.low)
          above.at++
          if (node.circle !== -1) above.height = Math.max(above.height, node.height + 1)
        }
        continue
      }
      const child = nodes.get(named)
      if (!child) {
        path.push(enter(named))
        continue
      }
      if (child.onStack) node.low = Math.min(node.low, child.index)
      else node.height = Math.max(node.height, child.height + 1)
      node.at++
    }
  }

  return (from, to) => {
    const [source, target] = [nodes.get(from), nodes.get(to)]
    return target !== undefined && target.height < DEEPEST && source?.circle !== target.circle
  }
}
