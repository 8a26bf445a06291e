import type { Rollback } from '@assay/server/contract'

export function howWords(how: Rollback['how']): string {
  return how === 'turned_off' ? 'Turned off' : 'Put back'
}
