import * as z from 'zod/mini'
import { OPERATORS, type Arm, type Cohort, type Condition, type Flag, type FlagType, type Holdout, type ImportedHash, type Layer, type Leaf, type Prerequisite, type Rule, type Ruleset, type Serve, type Split, type Variant } from '@assay/sdk/core'
import { buckets, json } from './fields.ts'

/**
 * The zod twin of the SDK's wire types, used to check what people write. `lockedToTheSdk` fails to compile when the
 * two drift apart.
 */
const name = z.string().check(z.minLength(1), z.maxLength(500))
const salt = z.string().check(z.minLength(1), z.maxLength(200))

const leaf = z.strictObject({
  attribute: name,
  op: z.enum(OPERATORS),
  values: z.exactOptional(z.array(json).check(z.maxLength(10_000))),
  negate: z.exactOptional(z.literal(true)),
  ignoreCase: z.exactOptional(z.literal(true)),
  ifMissing: z.exactOptional(z.literal(true)),
})

export const condition: z.ZodMiniType<Condition> = z.lazy(() => conditionForm)

/** One level of a condition, apart from the whole so that its inferred type can be compared. */
const conditionForm = z.union([
  z.strictObject({ all: z.array(condition) }),
  z.strictObject({ any: z.array(condition) }),
  z.strictObject({ not: condition }),
  z.strictObject({ cohort: name }),
  leaf,
])

export const arm = z.strictObject({ variant: name, weight: buckets })

const imported = z.strictObject({
  kind: name,
  seed: z.string(),
  steps: z.int(),
  admit: z.array(z.tuple([z.int(), z.int()])),
  arms: z.exactOptional(z.strictObject({ kind: name, seed: z.string(), steps: z.int() })),
})

export const split = z.strictObject({
  unit: name,
  salt,
  hash: z.union([z.literal('murmur3'), imported]),
  arms: z.array(arm).check(z.minLength(1), z.maxLength(20)),
  coverage: buckets,
  layer: z.exactOptional(z.strictObject({ key: name, from: buckets, to: buckets })),
  experiment: z.exactOptional(name),
  phase: z.exactOptional(z.int()),
})

export const serve = z.union([z.strictObject({ variant: name }), split])

export const rule = z.strictObject({
  id: name,
  when: z.exactOptional(condition),
  serve,
  heldOut: z.exactOptional(z.literal(true)),
})

export const prerequisite = z.strictObject({ flag: name, variants: z.array(name) })
export const variant = z.strictObject({ key: name, value: json })
export const flagType = z.enum(['boolean', 'string', 'integer', 'float', 'object'])

const flag = z.strictObject({
  key: name,
  type: flagType,
  enabled: z.boolean(),
  clientVisible: z.boolean(),
  revision: z.int(),
  variants: z.array(variant),
  offVariant: z.exactOptional(name),
  prerequisites: z.exactOptional(z.array(prerequisite)),
  needs: z.exactOptional(z.array(z.enum(['patterns']))),
  rules: z.array(rule),
  fallthrough: serve,
})

const unitList = z.array(z.string()).check(z.maxLength(100_000))
const cohort = z.strictObject({
  key: name,
  unit: name,
  when: z.exactOptional(condition),
  included: z.exactOptional(unitList),
  excluded: z.exactOptional(unitList),
})
const layer = z.strictObject({ key: name, unit: name, salt })
const holdout = z.strictObject({ key: name, unit: name, salt, from: buckets, to: buckets })

export const ruleset = z.strictObject({
  schema: z.literal(1),
  project: name,
  environment: name,
  epoch: name,
  version: z.int(),
  flags: z.array(flag),
  cohorts: z.array(cohort),
  layers: z.array(layer),
  holdouts: z.array(holdout),
})

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
/** Exact type equality between each schema and the SDK's type of the same name. @public */
export const lockedToTheSdk: [
  Equal<z.infer<typeof ruleset>, Ruleset>,
  Equal<z.infer<typeof flag>, Flag>,
  Equal<z.infer<typeof rule>, Rule>,
  Equal<z.infer<typeof serve>, Serve>,
  Equal<z.infer<typeof split>, Split>,
  Equal<z.infer<typeof cohort>, Cohort>,
  Equal<z.infer<typeof layer>, Layer>,
  Equal<z.infer<typeof holdout>, Holdout>,
  Equal<z.infer<typeof conditionForm>, Condition>,
  Equal<z.infer<typeof leaf>, Leaf>,
  Equal<z.infer<typeof arm>, Arm>,
  Equal<z.infer<typeof imported>, ImportedHash>,
  Equal<z.infer<typeof prerequisite>, Prerequisite>,
  Equal<z.infer<typeof variant>, Variant>,
  Equal<z.infer<typeof flagType>, FlagType>,
] = [true, true, true, true, true, true, true, true, true, true, true, true, true, true, true]
