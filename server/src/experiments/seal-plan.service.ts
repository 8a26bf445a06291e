import { createHash, randomBytes } from 'node:crypto'
import { canonicalJson } from '../contract/canonical-json.ts'
import type { Plan } from '../contract/experiments.ts'

export interface SealedPlan {
  /** Canonical JSON (RFC 8785), byte for byte as hashed. */
  plan: string
  /** SHA-256, in hex. */
  planHash: string
}

export function sealPlan(plan: Plan): SealedPlan {
  const canonical = canonicalJson(plan)
  return { plan: canonical, planHash: createHash('sha256').update(canonical).digest('hex') }
}

/** A salt for one phase of an experiment that no division has had before. */
export function newSalt(experiment: string, phase: number): string {
  return `${experiment}.${phase}.${randomBytes(6).toString('hex')}`
}
