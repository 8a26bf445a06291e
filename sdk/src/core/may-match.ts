import { endsOf } from './conditions.ts'

/** Whether a condition could ask a pattern, by itself or by the cohorts it names, however these nest. */
export function mayMatch(condition: unknown, cohort: (key: string) => { readonly when?: unknown } | undefined): boolean {
  const open = [condition]
  const named = new Set<string>()
  for (const each of open) {
    for (const end of endsOf(each)) {
      if (end.kind === 'leaf') {
        if (end.leaf.op === 'matches') return true
      } else if (!named.has(end.key)) {
        named.add(end.key)
        open.push(cohort(end.key)?.when)
      }
    }
  }
  return false
}
