/** Columns of the flags table, in the order in which they stand. `width` is the room each takes at least. */
export const flagColumns = [
  { id: 'flag', label: 'Flag', width: 240, rank: 0 },
  { id: 'production', label: 'Production', width: 120, rank: 1 },
  { id: 'elsewhere', label: 'Elsewhere', width: 90, rank: 6 },
  { id: 'decisions', label: 'Decisions, 24 h', width: 130, rank: 4 },
  { id: 'testing', label: 'Testing', width: 190, rank: 5 },
  { id: 'state', label: 'State', width: 190, rank: 2 },
  { id: 'tags', label: 'Tags', width: 150, rank: 7 },
  { id: 'owner', label: 'Owner', width: 130, rank: 8 },
  { id: 'change', label: 'Last change', width: 130, rank: 3 },
] as const
export type FlagColumn = (typeof flagColumns)[number]['id']

/** Columns that have room: the ones that matter most first, and those that must always show. */
export function columnsFor(width: number): ReadonlySet<FlagColumn> {
  const shown = new Set<FlagColumn>()
  let left = width
  for (const column of [...flagColumns].sort((a, b) => a.rank - b.rank)) {
    left -= column.width
    if (left < 0 && column.rank > 2) break
    shown.add(column.id)
  }
  return shown
}
