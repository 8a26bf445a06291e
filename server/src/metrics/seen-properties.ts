import type { SeenEvent } from '../contract/metrics.ts'

type SeenProperty = SeenEvent['properties'][number]

/** Properties told at most, those that most events have first. */
const MOST = 100

/** Names and types of the top-level properties in a sample of events. A property that comes in several types is told by its commonest; null says nothing. */
export function seenProperties(sample: readonly string[]): SeenProperty[] {
  const counts = new Map<string, Map<SeenProperty['type'], number>>()
  for (const text of sample) {
    for (const [name, value] of Object.entries(JSON.parse(text) as Record<string, unknown>)) {
      if (value === null) continue
      const types = counts.get(name) ?? new Map<SeenProperty['type'], number>()
      const type = typeOf(value)
      types.set(type, (types.get(type) ?? 0) + 1)
      counts.set(name, types)
    }
  }
  return [...counts]
    .map(([name, types]) => ({ name, seen: [...types.values()].reduce((sum, count) => sum + count, 0), type: commonest(types) }))
    .sort((a, b) => b.seen - a.seen || (a.name < b.name ? -1 : 1))
    .slice(0, MOST)
    .map(({ name, type }) => ({ name, type }))
}

function typeOf(value: unknown): SeenProperty['type'] {
  const type = typeof value
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'other'
}

function commonest(types: ReadonlyMap<SeenProperty['type'], number>): SeenProperty['type'] {
  return [...types].reduce((best, next) => (next[1] > best[1] ? next : best))[0]
}
