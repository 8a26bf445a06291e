import type { Context } from './evaluation.ts'

/**
 * The unit of a type as text, undefined if the context lacks it. `user` is the targeting key; any other type `x` is
 * read from `x.id`, else from `x` itself.
 */
export function unitOf(_context: Context, _unitType: string): string | undefined {
  throw new Error('not built yet')
}
