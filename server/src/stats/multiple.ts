export type Adjustment = 'bonferroni' | 'holm' | 'hochberg' | 'bh' | 'by'

/**
 * p-values adjusted for asking several questions, in the order given. A null p (no estimate) stays null and does not count.
 *
 * `bonferroni`, `holm` (any dependence) and `hochberg` hold the chance of any false positive; `bh` holds the false discovery rate for independent or
 * positively dependent tests, `by` for any dependence. Sources: Holm (1979), Hochberg (1988), Benjamini & Hochberg (1995), Benjamini & Yekutieli (2001).
 */
export function adjustPValues(p: readonly (number | null)[], method: Adjustment): (number | null)[] {
  const known = p.flatMap((value, index) => (value === null ? [] : [{ value, index }])).sort((x, y) => x.value - y.value)
  const m = known.length
  const harmonic = method === 'by' ? known.reduce((sum, _, i) => sum + 1 / (i + 1), 0) : 1
  const scaled = known.map(({ value }, i) => {
    if (method === 'bonferroni') return m * value
    if (method === 'holm' || method === 'hochberg') return (m - i) * value
    return ((m * harmonic) / (i + 1)) * value
  })
  const out: (number | null)[] = p.map(() => null)
  const write = (i: number, value: number) => (out[(known[i] as { index: number }).index] = Math.min(1, value))
  if (method === 'bonferroni') scaled.forEach((value, i) => write(i, value))
  else if (method === 'holm') scaled.reduce((largest, value, i) => write(i, Math.max(largest, value)), 0)
  else scaled.reduceRight((smallest, value, i) => write(i, Math.min(smallest, value)), 1)
  return out
}
