import type { Context } from './evaluation.ts'

/**
 * A reader of one attribute by its dotted path. An own key equal to the whole path wins over the walk; only own
 * properties are read. Gives undefined where nothing is found. Throws what a getter or proxy of the context throws.
 */
export function attributeReader(path: string): (context: Context) => unknown {
  if (!path.includes('.')) return (context) => (Object.hasOwn(context, path) ? context[path] : undefined)
  const steps = path.split('.')
  return (context) => {
    if (Object.hasOwn(context, path)) return context[path]
    let value: unknown = context
    for (const step of steps) {
      if (!isRecord(value) || !Object.hasOwn(value, step)) return undefined
      value = value[step]
    }
    return value
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
