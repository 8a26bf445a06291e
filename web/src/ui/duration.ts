const UNITS = [
  { word: 's', ms: 1000, below: 60_000 },
  { word: 'min', ms: 60_000, below: 3_600_000 },
  { word: 'h', ms: 3_600_000, below: 48 * 3_600_000 },
  { word: 'days', ms: 86_400_000, below: Infinity },
] as const

/** A length of time to two figures, as number and unit: `42 s`, `6.8 min`, `25 h`, `9.2 days`. */
export function durationParts(ms: number): { value: string; unit: string } {
  const unit = UNITS.find((candidate) => Math.round(ms) < candidate.below) ?? UNITS[3]
  const value = ms / unit.ms
  return { value: value < 10 && unit.word !== 's' ? String(Number(value.toFixed(1))) : String(Math.round(value)), unit: unit.word }
}

export function duration(ms: number): string {
  const { value, unit } = durationParts(ms)
  return `${value} ${unit}`
}
