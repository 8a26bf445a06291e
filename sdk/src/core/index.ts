/** The flag engine: pure functions from a ruleset and a context to an evaluation. */
export { BUCKETS, bucketOf } from './bucket.ts'
export type { CompileOptions, ImportedHashFunction } from './compile-options.ts'
export { compileRuleset, type CompiledRuleset } from './compile-ruleset.ts'
export { unitOf } from './context.ts'
export { evaluate, evaluateTyped } from './evaluate.ts'
export type { Context, ErrorCode, Evaluation, Reason } from './evaluation.ts'
export { explain } from './explain.ts'
export type { Explanation, ExplanationStep } from './explanation.ts'
export type { Exposure, ExposureAttribute, ExposureIdentity } from './exposed.ts'
export { exposures } from './exposure.ts'
export { isValidFlagKey } from './flag-key.ts'
export { murmur3 } from './hash.ts'
export { compareIdentity, type RulesetIdentity } from './identity.ts'
export { OPERATORS } from './operators.ts'
export { parseRuleset, type ParsedRuleset } from './parse-ruleset.ts'
export type {
  Arm, Cohort, Condition, Flag, FlagType, Holdout, ImportedHash, Json, Layer, LayerRange, Leaf, Operator, Prerequisite, Rule, Ruleset, Serve, Split, Variant,
} from './ruleset.ts'
