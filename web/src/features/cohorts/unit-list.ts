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

// A long list is read by several parts of a page for every key that is pressed anywhere on it.
const recent = new Map<string, UnitList>()
const MOST_RECENT = 4

/** Units pasted one a line. Spaces around them, empty lines and a comma at the end of a line are dropped. */
export function readUnits(text: string): UnitList {
  const known = recent.get(text)
  if (known) return known
  const list = parseUnits(text)
  for (const oldest of recent.keys()) {
    if (recent.size < MOST_RECENT) break
    recent.delete(oldest)
  }
  recent.set(text, list)
  return list
}

function parseUnits(text: string): UnitList {
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.trim().replace(/,$/, '').trimEnd()).filter((line) => line !== '')
  const units = [...new Set(lines)]
  const long = units.find((unit) => unit.length > LONGEST_UNIT)
  const problem = units.length > MOST_UNITS ? `A list takes ${MOST_UNITS.toLocaleString('en-GB')}; these are ${units.length.toLocaleString('en-GB')}. Use a condition instead.` : long === undefined ? null : `A unit has at most ${LONGEST_UNIT} characters; "${long.slice(0, 20)}…" has more.`
  return { units, repeats: lines.length - units.length, problem }
}

export function writeUnits(units: readonly string[]): string {
  return units.join('\n')
}

/** A list longer than this is not shown line by line: browsers take seconds to lay it out. */
const LONG = 2000

/** Whether a text has more lines than are shown one by one. */
export function isLong(text: string): boolean {
  let lines = 1
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) if (++lines > LONG) return true
  return false
}

/** The list with more units after it. */
export function withUnits(text: string, more: string): string {
  return writeUnits(readUnits(`${text}\n${more}`).units)
}

/** The list without one unit. */
export function withoutUnit(text: string, unit: string): string {
  return writeUnits(readUnits(text).units.filter((listed) => listed !== unit))
}
