/**
 * The wire form of a ruleset: the compiled, versioned, immutable input of evaluation for one environment.
 * docs/evaluation.md says what each part means. All ranges are half-open and counted in buckets of 100,000.
 */

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** The declared type of a flag's values. `integer` and `float` are distinct: statically typed SDKs reject `1` for a float. */
export type FlagType = 'boolean' | 'string' | 'integer' | 'float' | 'object'

export interface Ruleset {
  schema: 1
  project: string
  environment: string
  /** Identity of the installation's history (UUIDv7), renewed by a restore. Compared before `version`. */
  epoch: string
  /** Gapless counter of the environment within an epoch. */
  version: number
  flags: Flag[]
  cohorts: Cohort[]
  layers: Layer[]
  holdouts: Holdout[]
}

export interface Flag {
  key: string
  type: FlagType
  enabled: boolean
  /** Whether public client keys may evaluate this flag. */
  clientVisible: boolean
  /** The flag's own revision: changes only when this flag changes in this environment. */
  revision: number
  variants: Variant[]
  /** Served with reason `STATIC` while the flag is off; without it the caller's default is served (`DISABLED`). */
  offVariant?: string
  prerequisites?: Prerequisite[]
  /** What deciding the flag may need of an engine beside the core; without it the flag fails alone. Absent: nothing, or a server that did not say. */
  needs?: Need[]
  rules: Rule[]
  fallthrough: Serve
}

/** `patterns`: the flag, a cohort or a prerequisite it asks has a pattern of `matches`. The engine for it is `@assay/sdk/patterns`. */
export type Need = 'patterns'

export interface Variant {
  key: string
  value: Json
}

export interface Prerequisite {
  flag: string
  variants: string[]
}

export interface Rule {
  id: string
  when?: Condition
  serve: Serve
  /** Held-out units pass this rule by (set when a decision ships, until the holdout is released). */
  heldOut?: true
}

export type Serve = { variant: string } | Split

export interface Split {
  /** Unit type: `user` is the targeting key; others are declared by the project. */
  unit: string
  salt: string
  hash: 'murmur3' | ImportedHash
  arms: Arm[]
  /** How many of 100,000 buckets of each arm's range are admitted. */
  coverage: number
  layer?: LayerRange
  experiment?: string
  phase?: number
}

export interface Arm {
  variant: string
  /** Of 100,000; the weights of a split sum to 100,000. */
  weight: number
}

export interface LayerRange {
  key: string
  from: number
  to: number
}

/** A foreign product's hash, kept so that every imported unit stays in its bucket. */
export interface ImportedHash {
  kind: string
  seed: string
  steps: number
  admit: [from: number, to: number][]
  arms?: { kind: string; seed: string; steps: number }
}

export interface Cohort {
  key: string
  unit: string
  when?: Condition
  included?: string[]
  excluded?: string[]
}

export interface Layer {
  key: string
  unit: string
  salt: string
}

export interface Holdout {
  key: string
  unit: string
  salt: string
  from: number
  to: number
}

export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | { cohort: string } | Leaf

export interface Leaf {
  attribute: string
  op: Operator
  values?: Json[]
  negate?: true
  ignoreCase?: true
  ifMissing?: true
}

export type Operator =
  | 'in' | 'starts_with' | 'ends_with' | 'contains' | 'matches'
  | 'eq' | 'gt' | 'gte' | 'lt' | 'lte'
  | 'before' | 'after'
  | 'semver_eq' | 'semver_gt' | 'semver_gte' | 'semver_lt' | 'semver_lte'
  | 'cidr' | 'exists'
