/** What identifies a ruleset within its environment: compared by `epoch` first, then by `version`. */
export interface RulesetIdentity {
  readonly epoch: string
  readonly version: number
}

/** Negative, zero or positive as `a` is older than, the same as or newer than `b`. A holder accepts only what is newer. */
export function compareIdentity(a: RulesetIdentity, b: RulesetIdentity): number {
  if (a.epoch !== b.epoch) return a.epoch < b.epoch ? -1 : 1
  return a.version - b.version
}
