import type { Fault, FaultKind } from './check-flag.ts'
import type { Flag } from './ruleset.ts'

const words: Record<FaultKind, (which: string, flag: Flag) => string> = {
  needs: (entry) => `it needs ${entry}, which has to be passed to compileRuleset`,
  form: () => 'it cannot be read',
  type: (type) => `its type is ${type}`,
  enabled: () => 'enabled is neither true nor false',
  variants: () => 'it has no list of variants',
  'variant key': () => 'a variant has no key',
  'variant twice': (key) => `it has two variants ${key}`,
  'value of': (key, { type }) => `the value of ${key} is not of the type ${type}`,
  offVariant: (key) => `its off variant ${key} does not exist`,
  prerequisites: () => 'its prerequisites are not flags with variants',
  rules: () => 'it has no list of rules',
  'rule id': () => 'a rule has no id',
  serve: () => 'serves nothing',
  variant: (key) => `serves ${key}, which is no variant`,
  unit: () => 'splits without a unit or a salt',
  coverage: () => 'has a coverage outside 0 to 100,000',
  arms: () => 'splits without arms',
  weight: () => 'has an arm without a weight',
  weights: (sum) => `has weights that sum to ${sum}, not 100,000`,
  layer: () => 'has a layer without a range',
  experiment: () => 'names an experiment that is no text',
  phase: () => 'has a phase that is no number',
  hash: () => 'has a hash that cannot be read',
}

/** Why a flag cannot be used, as the end of a sentence: `its fallthrough serves gone, which is no variant`. */
export function describeFault([what, which = '', where]: Fault, flag: Flag): string {
  const text = words[what](which, flag)
  if (where === undefined) return text
  return where === 'fallthrough' ? `its fallthrough ${text}` : `${where} ${text}`
}
