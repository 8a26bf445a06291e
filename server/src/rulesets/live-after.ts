interface Progress {
  publishedAt: Date | null
  connected: number
  upToDate: number
  /** The last time that a connected SDK replaced an older ruleset by the newest. */
  acknowledgedAt: Date | null
}

/** From publishing to the last acknowledgement; null until all have acknowledged, and where nobody had to wait. */
export function liveAfterMs({ publishedAt, connected, upToDate, acknowledgedAt }: Progress): number | null {
  if (publishedAt === null || acknowledgedAt === null || upToDate < connected) return null
  // Instances' clocks differ by little, and yet by something.
  return Math.max(0, acknowledgedAt.getTime() - publishedAt.getTime())
}
