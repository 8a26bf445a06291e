import type { Operator } from './ruleset.ts'

/** Every operator a leaf may use, in the order a picker shows them. */
export const OPERATORS = [
  'in', 'starts_with', 'ends_with', 'contains', 'matches',
  'eq', 'gt', 'gte', 'lt', 'lte',
  'before', 'after',
  'semver_eq', 'semver_gt', 'semver_gte', 'semver_lt', 'semver_lte',
  'cidr', 'exists',
] as const satisfies readonly Operator[]

/** Fails to compile when the list above lacks an operator of the wire type. */
export const operatorsAreComplete: Exclude<Operator, (typeof OPERATORS)[number]> extends never ? true : false = true
