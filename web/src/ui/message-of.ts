/** What went wrong, as the server or the browser says it. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
