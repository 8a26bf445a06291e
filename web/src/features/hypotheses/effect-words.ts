import type { Direction } from '@assay/server/contract'
import { percent } from '../../ui/format.ts'

/** The smallest effect worth having with its sign: `+6%`, `−2.5%`. */
export function effectWords(direction: Direction, minimumEffect: number): string {
  return `${direction === 'increase' ? '+' : '−'}${percent(minimumEffect)}`
}
