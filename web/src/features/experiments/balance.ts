import type { Analysis } from '@assay/server/contract'
import type { BalancePart } from '../../charts/balance-bar.tsx'
import { byLuck } from '../../ui/effect-format.ts'
import { count } from '../../ui/format.ts'

export type BalanceState = 'balanced' | 'unusual' | 'broken' | 'unknown'

export interface Balance {
  state: BalanceState
  label: string
  /** Expected and seen, and how often luck alone does this. */
  words: string
  /** People who met more than one variant. */
  crossed: string
  /** Units that the plan's bot condition dropped; null where the plan has none. */
  bots: string | null
  parts: BalancePart[]
}

const labels: Record<BalanceState, string> = { balanced: 'Balanced', unusual: 'Unusual split', broken: 'Not balanced', unknown: 'Too few to tell' }

/** How people are divided over the arms, as the verdict reads it. */
export function balanceOf({ arms, srm, control, crossedUnits, verdict, bots }: Analysis): Balance {
  const all = arms.reduce((sum, arm) => sum + arm.n, 0)
  const treatments = arms.map((arm) => arm.arm).filter((arm) => arm !== control)
  const parts = arms.map(({ arm, n }) => ({ arm, n, expected: srm.expected.find((other) => other.arm === arm)?.share ?? 0, series: treatments.indexOf(arm) + 1 }))
  const has = (codes: readonly { code: string }[], code: string) => codes.some((other) => other.code === code)
  const state = has(verdict.reasons, 'srm') ? 'broken' : has(verdict.warnings, 'srm_warning') ? 'unusual' : srm.p === null && srm.sequentialP === null ? 'unknown' : 'balanced'
  const expected = parts.map((part) => share(part.expected)).join(' to ')
  const seen = parts.map((part) => share(all === 0 ? 0 : part.n / all)).join(' to ')
  const luck = srm.p === null ? '' : ` A split this uneven happens by luck ${byLuck(srm.p)}.`
  return {
    state,
    label: labels[state],
    words: all === 0 ? `Expected ${expected}. Nobody has met a variant yet.` : `Expected ${expected}, seen ${seen}.${luck}`,
    crossed: crossedUnits === 0 ? 'Nobody met more than one variant.' : `${count(crossedUnits)} met more than one variant and ${crossedUnits === 1 ? 'is' : 'are'} left out.`,
    bots: bots === undefined ? null : botWords(bots),
    parts,
  }
}

function botWords({ arms, p }: NonNullable<Analysis['bots']>): string {
  if (arms.every(({ n }) => n === 0)) return 'No bots were left out.'
  const luck = p === null ? '' : ` By luck ${byLuck(p)}.`
  return `Bots left out: ${arms.map(({ arm, n }) => `${count(n)} in ${arm}`).join(', ')}.${luck}`
}

function share(of: number): string {
  return String(Number((of * 100).toFixed(2)))
}
