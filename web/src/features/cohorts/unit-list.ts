/** As many as the contract takes. */
export const MOST_UNITS = 100_000
const LONGEST_UNIT = 500

export interface UnitList {
  /** Each once, in the order they were first typed. */
  units: string[]
  /** Lines that said again what was there. */
  repeats: number
  /** Why the list cannot be saved; null where it can. */
  problem: string | null
}

/** Units pasted one a line. Spaces around them, empty lines and a comma at the end of a line are dropped. */
export function readUnits(text: string): UnitList {
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.trim().replace(/,$/, '').trimEnd()).filter((line) => line !== '')
  const units = [...new Set(lines)]
  const long = units.find((unit) => unit.length > LONGEST_UNIT)
  const problem = units.length > MOST_UNITS ? `A list takes ${MOST_UNITS.toLocaleString('en-GB')}; these are ${units.length.toLocaleString('en-GB')}. Use a condition instead.` : long === undefined ? null : `A unit has at most ${LONGEST_UNIT} characters; "${long.slice(0, 20)}…" has more.`
  return { units, repeats: lines.length - units.length, problem }
}

export function writeUnits(units: readonly string[]): string {
  return units.join('\n')
}
