import fc from 'fast-check'
import { aFlag, aRuleset } from './ruleset.samples.ts'
import type { Cohort, Condition, Flag, Layer, Leaf, Ruleset, Serve } from './ruleset.ts'

/** Rulesets and contexts of a small vocabulary, so that they meet: with circles, gaps and parts that no version knows. */
const cohortKey = fc.constantFrom('c0', 'c1', 'c2', 'gone')
const unitType = fc.constantFrom('user', 'user', 'company', 'device')
const variantKey = fc.constantFrom('on', 'off')

const leaf = fc.record<Leaf>({
  attribute: fc.constantFrom('country', 'seats', 'company.plan', 'version', 'ip', 'since', 'tags', 'targetingKey', 'gone', 'hostile'),
  op: fc.constantFrom('in', 'in', 'starts_with', 'contains', 'matches', 'eq', 'gte', 'lt', 'before', 'after', 'semver_gte', 'semver_lt', 'cidr', 'exists', 'unheard_of' as never),
  values: fc.array(fc.constantFrom('DE', 'CH', 'pro', 'a', 1, 5, true, '1.2.3', '10.0.0.0/8', '2026-01-01T00:00:00Z', '^D', '(?=x)', null), { maxLength: 3 }),
  negate: fc.constant(true),
  ignoreCase: fc.constant(true),
  ifMissing: fc.constant(true),
}, { requiredKeys: ['attribute', 'op', 'values'] }) as fc.Arbitrary<Leaf>

const { condition } = fc.letrec<{ condition: Condition; many: Condition[] }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.record({ cohort: cohortKey }),
    fc.record({ all: tie('many') }),
    fc.record({ any: tie('many') }),
    fc.record({ not: tie('condition') }),
    fc.constantFrom(null, {}, { either: [] }, { all: 1 }) as fc.Arbitrary<never>,
  ),
  many: fc.array(tie('condition'), { maxLength: 3 }),
}))

const split = fc.record({
  unit: unitType,
  salt: fc.constantFrom('s1', 's2'),
  hash: fc.oneof({ weight: 6, arbitrary: fc.constant('murmur3' as const) }, fc.record({ kind: fc.constantFrom('length', 'gone'), seed: fc.constant('1'), steps: fc.constant(20), admit: fc.constant([[0, 9], [12, 20]] as [number, number][]) })),
  arms: fc.integer({ min: 0, max: 100_000 }).map((weight) => [{ variant: 'on', weight }, { variant: 'off', weight: 100_000 - weight }]),
  coverage: fc.constantFrom(0, 30_000, 100_000),
  layer: fc.record({ key: fc.constantFrom('l1', 'l2', 'gone'), from: fc.constant(0), to: fc.constantFrom(50_000, 100_000) }),
  experiment: fc.constantFrom('e1', 'e2'),
  phase: fc.constantFrom(1, 2),
}, { requiredKeys: ['unit', 'salt', 'hash', 'arms', 'coverage'] })

const serve = fc.oneof(fc.record({ variant: variantKey }), split, { weight: 2, arbitrary: split }, { weight: 1, arbitrary: fc.constantFrom({ variant: 'gone' }, {}, null) as fc.Arbitrary<never> }) as fc.Arbitrary<Serve>

const flag = fc.record({
  enabled: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  revision: fc.nat({ max: 9 }),
  offVariant: variantKey,
  prerequisites: fc.array(fc.record({ flag: fc.constantFrom('f0', 'f1', 'f2', 'f3', 'gone'), variants: fc.subarray(['on', 'off']) }), { maxLength: 2 }),
  rules: fc.array(fc.record({ id: fc.constantFrom('r1', 'r2', 'r3'), when: condition, serve, heldOut: fc.constant(true as const) }, { requiredKeys: ['id', 'serve'] }), { maxLength: 3 }),
  fallthrough: serve,
}, { requiredKeys: ['enabled', 'revision', 'rules', 'fallthrough'] }) as fc.Arbitrary<Partial<Flag>>

const cohort = fc.record({ unit: unitType, when: condition, included: fc.subarray(['user-1', '7', 'acme']), excluded: fc.subarray(['user-1', '7', 'acme']) }, { requiredKeys: ['unit'] }) as fc.Arbitrary<Omit<Cohort, 'key'>>

export const generatedRulesets: fc.Arbitrary<Ruleset> = fc.record({
  flags: fc.array(flag, { minLength: 4, maxLength: 4 }).map((flags) => flags.map((parts, index) => aFlag(`f${index}`, parts))),
  cohorts: fc.array(cohort, { maxLength: 3 }).map((cohorts) => cohorts.map((parts, index) => ({ key: `c${index}`, ...parts }))),
  layers: fc.constant<Layer[]>([{ key: 'l1', unit: 'user', salt: 'layer-1' }, { key: 'l2', unit: 'company', salt: 'layer-2' }]),
  holdouts: fc.subarray([{ key: 'h1', unit: 'user', salt: 'holdout-1', from: 0, to: 30_000 }, { key: 'h2', unit: 'company', salt: 'holdout-2', from: 50_000, to: 90_000 }]),
}).map(aRuleset)

/** What a caller without types may give. */
export const generatedContexts: fc.Arbitrary<Record<string, unknown>> = fc.record({
  targetingKey: fc.constantFrom('user-1', 'user-2', 'user-3', 'user-4', 7, '', null, NaN, true, 'Søren'),
  country: fc.constantFrom('DE', 'de', 'CH', 1, null, ['DE', 'FR'], []),
  seats: fc.constantFrom(1, 5, 0.5, '5', Infinity),
  company: fc.constantFrom('acme', { id: 'acme', plan: 'pro' }, { id: 9, plan: 'free' }, { id: {} }, null),
  device: fc.record({ id: fc.string() }),
  version: fc.constantFrom('1.2.3', '1.2.3-rc.1', '2.0.0', 'v1'),
  ip: fc.constantFrom('10.1.2.3', '11.0.0.1', '::1', 'nowhere'),
  since: fc.constantFrom('2025-01-01T00:00:00Z', new Date('2027-01-01'), 0, 'yesterday'),
  tags: fc.constantFrom(['a', 1], ['a'], 'a'),
  hostile: fc.constantFrom('getter', 'cycle', 'proxy', 'bigint'),
}, { requiredKeys: [] }).map(withHostile)

function withHostile({ hostile, ...context }: Record<string, unknown>): Record<string, unknown> {
  if (hostile === 'bigint') return { ...context, hostile: 1n }
  if (hostile === 'cycle') {
    const cycle: Record<string, unknown> = { ...context }
    cycle.hostile = cycle
    return cycle
  }
  if (hostile === 'getter') return Object.defineProperty({ ...context }, 'hostile', { enumerable: true, get() { throw new Error('no') } })
  const proxy = new Proxy({}, { get() { throw new Error('no') }, ownKeys() { throw new Error('no') }, getOwnPropertyDescriptor() { throw new Error('no') } })
  return hostile === 'proxy' ? { ...context, hostile: proxy } : context
}
