import type { Operator } from './ruleset.ts'

/**
 * The finite numbers for which a comparison with `operand` is true, both ends included; undefined for another operator or an
 * operand that is not finite. Two comparisons then decide for every operator, and what is no finite number is outside.
 */
export function rangeOf(op: Operator, operand: number): [least: number, most: number] | undefined {
  if (!Number.isFinite(operand)) return undefined
  switch (op) {
    case 'eq':
      return [operand, operand]
    case 'gte':
      return [operand, Number.MAX_VALUE]
    case 'gt':
      return [above(operand), Number.MAX_VALUE]
    case 'lte':
      return [-Number.MAX_VALUE, operand]
    case 'lt':
      return [-Number.MAX_VALUE, -above(-operand)]
    default:
      return undefined
  }
}

/** The least double greater than a finite one; infinity after the greatest. */
function above(number: number): number {
  const view = new DataView(new ArrayBuffer(8))
  // Of either sign the bits count away from 0; adding 0 makes the negative 0 positive.
  view.setFloat64(0, number + 0)
  view.setBigInt64(0, view.getBigInt64(0) + (number < 0 ? -1n : 1n))
  return view.getFloat64(0)
}
