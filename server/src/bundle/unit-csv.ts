import type { UnitRow } from './unit-row.ts'

/** A row of `units.csv.gz`. Text that a spreadsheet would take for a formula has an apostrophe in front; numbers have all their digits. */
export function unitCells({ unit, arm, firstExposureAt, numbers }: UnitRow): string[] {
  return [defused(unit), defused(arm), new Date(firstExposureAt).toISOString(), ...numbers.map((number) => (number === null ? '' : String(number)))]
}

export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`
}

function defused(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}
