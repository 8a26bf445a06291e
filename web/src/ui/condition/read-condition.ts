import type { Condition } from '@assay/sdk/core'
import { condition as conditionSchema } from '@assay/server/contract'

type ReadCondition = { ok: true; condition: Condition } | { ok: false; problem: string }

/** Reads a condition that a person wrote as JSON. */
export function readCondition(text: string): ReadCondition {
  try {
    const read = conditionSchema.safeParse(JSON.parse(text))
    return read.success ? { ok: true, condition: read.data } : { ok: false, problem: 'This is no condition. Use all, any, not, cohort, or an attribute with op and values.' }
  } catch (error) {
    return { ok: false, problem: `This is not JSON yet: ${error instanceof Error ? error.message : String(error)}` }
  }
}
