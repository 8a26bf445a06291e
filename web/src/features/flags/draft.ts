import { type FlagEnvironment, mergeTargeting, sameValue, type Targeting } from '@assay/server/contract'
import { editTargeting, type TargetingEdit } from './edit-targeting.ts'

/** A version of what a flag does in an environment, as the server has it. */
export type Version = Pick<FlagEnvironment, 'revision' | 'targeting' | 'changedBy'>

/** One document that is being edited, beside the version it started from. */
export interface Draft {
  base: Version
  targeting: Targeting
  /** Whose change was brought in under the edits meanwhile. */
  mergedFrom: string | null
}

export type DraftAction =
  | { type: 'edit'; edit: TargetingEdit }
  | { type: 'discard' }
  /** The server has a version: edits that do not overlap with it move onto it, others stay where they are until they are saved. */
  | { type: 'live'; version: Version }
  /** Another whole document over a base: a choice after a conflict, or an older version. */
  | { type: 'replace'; targeting: Targeting; version?: Version }

export function startDraft(version: Version): Draft {
  return { base: version, targeting: version.targeting, mergedFrom: null }
}

export function isDirty({ base, targeting }: Draft): boolean {
  return !sameValue(base.targeting, targeting)
}

export function reduceDraft(draft: Draft, action: DraftAction): Draft {
  switch (action.type) {
    case 'edit':
      return { ...draft, targeting: editTargeting(draft.targeting, action.edit) }
    case 'discard':
      return startDraft(draft.base)
    case 'replace':
      return { ...draft, base: action.version ?? draft.base, targeting: action.targeting }
    case 'live': {
      const { version } = action
      if (version.revision < draft.base.revision || (version.revision === draft.base.revision && sameValue(version.targeting, draft.base.targeting))) return draft
      if (!isDirty(draft)) return startDraft(version)
      const { targeting, overlaps } = mergeTargeting(draft.base.targeting, version.targeting, draft.targeting)
      if (overlaps.length > 0) return draft
      const merged = { base: version, targeting, mergedFrom: version.changedBy }
      return isDirty(merged) ? merged : startDraft(version)
    }
  }
}

/** Written to where a draft waits for its author to come back. */
export function writeDraft({ base, targeting }: Draft): string {
  return JSON.stringify({ revision: base.revision, changedBy: base.changedBy, base: base.targeting, targeting })
}
