const HALF_HOUR_MS = 30 * 60_000

/** What narrows the audit log to everything within half an hour of an instant, whoever did it and wherever. */
export function around(at: string): { from: string; to: string } {
  const time = Date.parse(at)
  return { from: new Date(time - HALF_HOUR_MS).toISOString(), to: new Date(time + HALF_HOUR_MS).toISOString() }
}
