/**
 * ClickHouse error codes that say "this row cannot be stored", whoever sends it and whenever: parse errors, types, ranges.
 * Every other failure (connection, memory, disk, too many parts) is the store's and passes.
 */
const rowCodes = new Set(['6', '26', '27', '33', '38', '41', '43', '53', '69', '70', '72', '117', '131', '321', '349', '376', '467', '469', '636', '659', '675', '676'])

/** Whether an insert failed because of what was inserted. */
export function isRowError(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  return rowCodes.has(code)
}

/** Whether a query failed because the event store was not reached in time, rather than by an answer of its own. */
export function isStoreAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return /^E[A-Z_]+$/.test(code) || /timeout|socket hang up|user aborted/i.test(error.message)
}
