import type { Cohort, Condition, Flag, FlagType, Holdout, Json, Layer, Prerequisite, Rule, Ruleset, RulesetIdentity, Serve } from '@assay/sdk/core'
import { withNeeds } from './flag-needs.ts'

/** What is stored about one environment, in any order. */
export interface RulesetRows {
  project: string
  environment: string
  flags: FlagRow[]
  cohorts: CohortRow[]
  layers: Layer[]
  holdouts: Holdout[]
}

export interface FlagRow {
  key: string
  type: FlagType
  clientVisible: boolean
  /** The flag's counter when its definition last changed. */
  definedAt: number
  variants: { key: string; value: Json; position: number }[]
  state: { enabled: boolean; offVariant: string | null; prerequisites: Prerequisite[]; fallthrough: Serve; /** The flag's counter when this environment last changed. */ revision: number }
  rules: { id: string; position: number; when: Condition | null; serve: Serve; heldOut: boolean }[]
}

export interface CohortRow {
  key: string
  unit: string
  when: Condition | null
  included: string[]
  excluded: string[]
}

/** Rows to the wire form. The same rows give the same ruleset in whatever order the database returns them. */
export function compileRuleset(rows: RulesetRows, { epoch, version }: RulesetIdentity): Ruleset {
  const cohorts = [...rows.cohorts].sort(byKey).map(compileCohort)
  return {
    schema: 1,
    project: rows.project,
    environment: rows.environment,
    epoch,
    version,
    flags: withNeeds([...rows.flags].sort(byKey).map(compileFlag), cohorts),
    cohorts,
    layers: [...rows.layers].sort(byKey).map(({ key, unit, salt }) => ({ key, unit, salt })),
    holdouts: [...rows.holdouts].sort(byKey).map(({ key, unit, salt, from, to }) => ({ key, unit, salt, from, to })),
  }
}

/** One flag in its wire form. */
export function compileFlag(row: FlagRow): Flag {
  const { state } = row
  return {
    key: row.key,
    type: row.type,
    enabled: state.enabled,
    clientVisible: row.clientVisible,
    revision: Math.max(row.definedAt, state.revision),
    variants: [...row.variants].sort(byPosition).map(({ key, value }) => ({ key, value })),
    ...(state.offVariant === null ? {} : { offVariant: state.offVariant }),
    ...(state.prerequisites.length === 0 ? {} : { prerequisites: state.prerequisites }),
    rules: [...row.rules].sort(byPosition).map(compileRule),
    fallthrough: state.fallthrough,
  }
}

function compileRule(row: FlagRow['rules'][number]): Rule {
  return { id: row.id, ...(row.when === null ? {} : { when: row.when }), serve: row.serve, ...(row.heldOut ? { heldOut: true as const } : {}) }
}

function compileCohort(row: CohortRow): Cohort {
  return {
    key: row.key,
    unit: row.unit,
    ...(row.when === null ? {} : { when: row.when }),
    ...(row.included.length === 0 ? {} : { included: row.included }),
    ...(row.excluded.length === 0 ? {} : { excluded: row.excluded }),
  }
}

// Code units, not a locale: every machine must agree.
function byKey(a: { key: string }, b: { key: string }): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0
}

function byPosition(a: { position: number }, b: { position: number }): number {
  return a.position - b.position
}
