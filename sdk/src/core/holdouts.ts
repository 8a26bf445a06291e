import { hasTexts } from './attribute.ts'
import { bucketsOf } from './bucket.ts'
import { unitReader } from './context.ts'
import type { Context } from './evaluation.ts'
import type { Holdout } from './ruleset.ts'

/** What one holdout says of a context: nothing for one without the holdout's unit. */
export interface HoldoutAnswer {
  holdout: Holdout
  unit: string
  held: boolean
}

export type AskHoldout = (context: Context) => HoldoutAnswer | undefined

export function compileHoldouts(list: readonly unknown[]): readonly AskHoldout[] {
  return list.filter(isHoldout).map((holdout) => {
    const read = unitReader(holdout.unit)
    const bucket = bucketsOf(holdout.salt)
    return (context) => {
      const unit = read(context)
      if (unit === undefined) return undefined
      const at = bucket(unit)
      return { holdout, unit, held: at >= holdout.from && at < holdout.to }
    }
  })
}

export function isHoldout(value: unknown): value is Holdout {
  return hasTexts(value, 'key', 'unit', 'salt') && typeof value.from === 'number' && typeof value.to === 'number'
}
