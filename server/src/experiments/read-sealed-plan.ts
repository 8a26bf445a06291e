import type { Plan } from '../contract/experiments.ts'

/** The plan behind the canonical JSON that was sealed. It was written by this program from a valid plan, and its hash stands beside it. */
export function readSealedPlan(canonical: string): Plan {
  return JSON.parse(canonical) as Plan
}
