/** The selection after one row was pressed; with the shift key, every row between it and the one pressed before follows it. */
export function selectRow(selected: ReadonlySet<string>, rows: readonly string[], row: string, last: string | null): Set<string> {
  const on = !selected.has(row)
  const [at, from] = [rows.indexOf(row), last === null ? -1 : rows.indexOf(last)]
  const pressed = from < 0 ? [row] : rows.slice(Math.min(at, from), Math.max(at, from) + 1)
  const next = new Set(selected)
  for (const one of pressed) {
    if (on) next.add(one)
    else next.delete(one)
  }
  return next
}
