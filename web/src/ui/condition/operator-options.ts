import { OPERATORS, type Operator } from '@assay/sdk/core'
import { operatorWords } from './operator-words.ts'

interface OperatorOption {
  value: string
  label: string
}

/** Every operator and its negation, grouped for a picker. "Is one of" is the form that fits one value as well as many. */
export const operatorOptions: { group: string; items: OperatorOption[] }[] = [...new Set(OPERATORS.map((op) => operatorWords[op].group))].map((group) => ({
  group,
  items: OPERATORS.filter((op) => operatorWords[op].group === group).flatMap((op) => {
    const [plain, negated] = operatorWords[op].several ?? operatorWords[op].verb
    return [{ value: optionOf(op, false), label: plain }, { value: optionOf(op, true), label: negated }]
  }),
}))

/** Value of the picker for an operator. */
export function optionOf(op: Operator, negated: boolean): string {
  return negated ? `not ${op}` : op
}

/** Operator of a value of the picker. */
export function operatorOf(option: string): { op: Operator; negated: boolean } | undefined {
  const op = OPERATORS.find((candidate) => option === candidate || option === `not ${candidate}`)
  return op && { op, negated: option !== op }
}
