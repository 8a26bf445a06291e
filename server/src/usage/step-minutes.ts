const steps: readonly [upToHours: number, minutes: number][] = [[6, 5], [24, 15], [72, 60], [336, 240], [720, 720]]

/** Length of a step for a range of hours: about a hundred steps, and always a part of a day. */
export function stepMinutes(hours: number): number {
  return steps.find(([upTo]) => hours <= upTo)?.[1] ?? 1440
}
