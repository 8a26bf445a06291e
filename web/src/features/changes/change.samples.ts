import type { Change, ChangeReview, ReviewPolicy, Targeting } from '@assay/server/contract'

const targeting: Targeting = { enabled: true, offVariant: 'off', prerequisites: [], rules: [], fallthrough: { variant: 'off' } }

export const policy: ReviewPolicy = { approvals: 1, approvers: ['engineer', 'admin'], requireReason: true }

/** A proposal of somebody else to turn production over to everybody. */
export function aChange(more: Partial<Change> = {}): Change {
  const proposed: Targeting = { ...targeting, fallthrough: { variant: 'on' } }
  return {
    key: 'CH-1',
    flag: 'express-pay',
    flagName: 'Express pay',
    environment: 'production',
    status: 'open',
    reason: 'Guardrails held for 48 h',
    author: { id: '7', name: 'Mina Kaur' },
    createdAt: '2026-11-20T10:00:00Z',
    changedAt: '2026-11-20T10:00:00Z',
    schedule: null,
    approvals: { given: 0, needed: 1 },
    waitsForYou: false,
    revision: 1,
    basedOn: 4,
    base: targeting,
    proposed,
    reviews: [],
    divergence: { state: 'none', liveRevision: 4, live: targeting, merged: proposed, overlaps: [] },
    applied: null,
    failure: null,
    may: { edit: false, review: true, apply: false, withdraw: true },
    ...more,
  }
}

/** The same while live serves a third variant in the same place. */
export function aConflict(more: Partial<Change> = {}): Change {
  const live: Targeting = { ...targeting, fallthrough: { variant: 'beta' } }
  return aChange({
    status: 'conflicted',
    divergence: { state: 'conflict', liveRevision: 5, live, merged: null, overlaps: [{ id: 'fallthrough', subject: 'Everyone else', was: { variant: 'off' }, live: { variant: 'beta' }, yours: { variant: 'on' } }] },
    ...more,
  })
}

export function aReview(more: Partial<ChangeReview> = {}): ChangeReview {
  return { by: { id: '8', name: 'Jonas Lind' }, verdict: 'approved', comment: '', at: '2026-11-20T11:00:00Z', revision: 1, outdated: false, ...more }
}
