import type { Operator } from './ruleset.ts'

/** The finite numbers for which a comparison is true: from `least` to `most`, both included, but for `except`. */
export interface NumberRange {
  readonly least: number
  readonly most: number
  readonly except: number
}

/** Undefined for another operator or an operand that is not finite. What is no finite number is in no range. */
export function rangeOf(op: Operator, operand: number): NumberRange | undefined {
  if (!Number.isFinite(operand)) return undefined
  const most = Number.MAX_VALUE
  switch (op) {
    case 'eq':
      return { least: operand, most: operand, except: NaN }
    case 'gte':
      return { least: operand, most, except: NaN }
    case 'gt':
      return { least: operand, most, except: operand }
    case 'lte':
      return { least: -most, most: operand, except: NaN }
    case 'lt':
      return { least: -most, most: operand, except: operand }
    default:
      return undefined
  }
}
