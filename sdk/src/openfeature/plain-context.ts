import type { Context } from '../core/index.ts'

/** A context of OpenFeature as rules read it: dates are ISO texts, as they are over OFREP. Nothing is copied where there is none. */
export function plainContext(context: object): Context {
  return plain(context, 0) as Context
}

/** Deeper dates stay what they are: no rule looks there, and a circle must end. */
const DEEPEST = 8

function plain(value: unknown, depth: number): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return value
  const entries = Object.entries(value)
  const next = entries.map(([key, each]) => [key, plain(each, depth + 1)] as const)
  if (next.every(([, each], index) => each === entries[index]?.[1])) return value
  return Array.isArray(value) ? next.map(([, each]) => each) : Object.fromEntries(next)
}
