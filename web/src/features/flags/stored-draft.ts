import { targeting as targetingSchema } from '@assay/server/contract'
import type { Draft } from './draft.ts'

/** A draft that waited; undefined for anything that is not one. */
export function readDraft(text: string | null): Draft | undefined {
  try {
    const raw: unknown = JSON.parse(text ?? '')
    if (typeof raw !== 'object' || raw === null || !('revision' in raw) || !('base' in raw) || !('targeting' in raw) || typeof raw.revision !== 'number') return undefined
    const [base, edited] = [targetingSchema.safeParse(raw.base), targetingSchema.safeParse(raw.targeting)]
    if (!base.success || !edited.success) return undefined
    return { base: { revision: raw.revision, targeting: base.data, changedBy: 'changedBy' in raw && typeof raw.changedBy === 'string' ? raw.changedBy : '' }, targeting: edited.data, mergedFrom: null }
  } catch {
    return undefined
  }
}
