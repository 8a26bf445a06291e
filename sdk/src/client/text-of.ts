/** Anything as text, for a message: also what throws when it is turned into one. */
export function textOf(value: unknown): string {
  try {
    return value instanceof Error ? value.message : String(value)
  } catch {
    return `something of the type ${typeof value}`
  }
}
