import type { Operator } from './ruleset.ts'

/** Every operator a leaf may use, in the order a picker shows them. The server's contract fails to compile when one is missing. */
export const OPERATORS = [
  'in', 'starts_with', 'ends_with', 'contains', 'matches',
  'eq', 'gt', 'gte', 'lt', 'lte',
  'before', 'after',
  'semver_eq', 'semver_gt', 'semver_gte', 'semver_lt', 'semver_lte',
  'cidr', 'exists',
] as const satisfies readonly Operator[]
