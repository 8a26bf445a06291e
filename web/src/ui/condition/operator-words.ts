import type { Operator } from '@assay/sdk/core'

/** What the values of an operator are. */
export type Operand = 'scalar' | 'text' | 'pattern' | 'number' | 'instant' | 'version' | 'range' | 'none'

interface OperatorWords {
  group: 'Value' | 'Text' | 'Number' | 'Date and time' | 'Version' | 'Network' | 'Presence'
  verb: readonly [plain: string, negated: string]
  /** The verb before several values, where it is not the plain one with "one of". */
  several?: readonly [plain: string, negated: string]
  operand: Operand
}

/** Every operator in the words people read. */
export const operatorWords: Readonly<Record<Operator, OperatorWords>> = {
  in: { group: 'Value', verb: ['is', 'is not'], several: ['is one of', 'is not one of'], operand: 'scalar' },
  starts_with: { group: 'Text', verb: ['starts with', 'does not start with'], operand: 'text' },
  ends_with: { group: 'Text', verb: ['ends with', 'does not end with'], operand: 'text' },
  contains: { group: 'Text', verb: ['contains', 'does not contain'], operand: 'text' },
  matches: { group: 'Text', verb: ['matches', 'does not match'], operand: 'pattern' },
  eq: { group: 'Number', verb: ['equals', 'does not equal'], operand: 'number' },
  gt: { group: 'Number', verb: ['is more than', 'is not more than'], operand: 'number' },
  gte: { group: 'Number', verb: ['is at least', 'is not at least'], operand: 'number' },
  lt: { group: 'Number', verb: ['is less than', 'is not less than'], operand: 'number' },
  lte: { group: 'Number', verb: ['is at most', 'is not at most'], operand: 'number' },
  before: { group: 'Date and time', verb: ['is before', 'is not before'], operand: 'instant' },
  after: { group: 'Date and time', verb: ['is after', 'is not after'], operand: 'instant' },
  semver_eq: { group: 'Version', verb: ['is version', 'is not version'], operand: 'version' },
  semver_gt: { group: 'Version', verb: ['is newer than', 'is not newer than'], operand: 'version' },
  semver_gte: { group: 'Version', verb: ['is at least version', 'is not at least version'], operand: 'version' },
  semver_lt: { group: 'Version', verb: ['is older than', 'is not older than'], operand: 'version' },
  semver_lte: { group: 'Version', verb: ['is at most version', 'is not at most version'], operand: 'version' },
  cidr: { group: 'Network', verb: ['is within', 'is not within'], operand: 'range' },
  exists: { group: 'Presence', verb: ['is present', 'is missing'], operand: 'none' },
}

/** `is one of`, `does not contain`, ... before a number of values. */
export function verbOf(op: Operator, negated: boolean, values: number): string {
  const { verb, several } = operatorWords[op]
  const side = negated ? 1 : 0
  if (values < 2 || op === 'exists') return verb[side]
  return several?.[side] ?? `${verb[side]} one of`
}

/** Operators that may ignore upper and lower case. */
export function comparesText(op: Operator): boolean {
  const { operand } = operatorWords[op]
  return operand === 'text' || operand === 'pattern' || operand === 'scalar'
}
