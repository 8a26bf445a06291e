import type { Context } from './evaluation.ts'
import { ownRecord, readOwn, siteOf } from './own-property.ts'

/**
 * A reader of one attribute by its dotted path. An own key equal to the whole path wins over the walk; only own
 * properties are read, of a context that is an `ownRecord`. Gives undefined where nothing is found. Throws what a getter or proxy of the context throws.
 */
export function attributeReader(path: string): (context: Context) => unknown {
  if (!path.includes('.')) {
    const site = siteOf(path)
    return (context) => readOwn(context, path, site)
  }
  const steps = path.split('.').map((name) => ({ name, site: siteOf(name) }))
  return (context) => {
    if (Object.hasOwn(context, path)) return context[path]
    let value: unknown = context
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index]
      if (!step || !isRecord(value)) return undefined
      value = readOwn(index === 0 ? value : ownRecord(value), step.name, step.site)
    }
    return value
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** Whether a value is a record with texts under all these keys. */
export function hasTexts<K extends string>(value: unknown, ...keys: K[]): value is Record<string, unknown> & Record<K, string> {
  return isRecord(value) && keys.every((key) => typeof value[key] === 'string')
}
