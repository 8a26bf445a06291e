import type { ChangeSummary } from '../contract/changes.ts'
import type { Role } from '../contract/roles.ts'

/** The person who asks. */
export interface Reader {
  name: string
  role: Role
}

/** An experiment that nobody has decided yet. */
export interface OpenExperiment {
  key: string
  title: string
  status: 'draft' | 'running' | 'stopped'
  /** As the hypothesis says it: a name, or any words. */
  decider: string
  writtenBy: string
  startedBy: string | null
  createdAt: Date
  startedAt: Date | null
  endedAt: Date | null
  /** Longest that the hypothesis lets it run. */
  maxDays: number | null
  /** `since`: when it was first read so. */
  verdict: { kind: string; final: boolean; sentence: string; since: Date } | null
}

/** A hypothesis that no experiment tests. */
export interface UntestedHypothesis {
  key: string
  title: string
  writtenBy: string
  changedAt: Date
  /** What its text still lacks, in words. */
  missing: readonly string[]
}

export interface OpenChange extends Pick<ChangeSummary, 'key' | 'status' | 'reason' | 'flagName' | 'environment' | 'changedAt' | 'waitsForYou'> {
  author: string
  isMine: boolean
  /** When it is to go live. */
  dueAt: Date | null
  failure: string | null
  /** Who asked for changes. */
  blockedBy: readonly string[]
}

/** A proposal of the reader that somebody else closed. */
export interface RejectedChange {
  key: string
  reason: string
  flagName: string
  environment: string
  at: Date
  by: string | null
  why: string | null
}

export interface OpenTask {
  key: string
  title: string
  assignee: string
  /** `2027-03-31` */
  dueAt: string | null
  createdAt: Date
}

export interface OwnedFlag {
  key: string
  name: string
  /** The day by which it was to be gone. */
  expectedRemoval: string
}

export interface FailedExport {
  id: string
  name: string
  at: Date
  error: string | null
}

/** One that Assay switched off, or to which nothing comes through. */
export interface FailingWebhook {
  id: string
  name: string
  createdBy: string
  since: Date
  /** Why Assay switched it off; null while it goes on trying. */
  offBecause: string | null
}

/** A key that was rotated, stops by itself, and was used after its replacement was made. */
export interface LeavingKey {
  prefix: string
  name: string
  rotatedBy: string
  rotatedAt: Date
  stopsAt: Date
  /** As what used it names itself. */
  usedBy: string | null
}

/** Everything that may wait for somebody. Flags, rejected changes and exports are those of the reader. */
export interface WaitingFacts {
  members: readonly Reader[]
  experiments: readonly OpenExperiment[]
  hypotheses: readonly UntestedHypothesis[]
  changes: readonly OpenChange[]
  rejected: readonly RejectedChange[]
  tasks: readonly OpenTask[]
  flags: readonly OwnedFlag[]
  exports: readonly FailedExport[]
  webhooks: readonly FailingWebhook[]
  keys: readonly LeavingKey[]
}

