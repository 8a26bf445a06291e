import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { compileRuleset } from './compile-ruleset.ts'
import { evaluate } from './evaluate.ts'
import { explain } from './explain.ts'
import { exposures } from './exposure.ts'
import { generatedContexts, generatedRulesets } from './generated.samples.ts'
import { patterns } from './patterns.ts'

export const hashes = { length: (_: string, unit: string, steps: number) => unit.length % steps }

const KEYS = ['f0', 'f1', 'f2', 'f3', 'gone']
const CONTEXTS = 5

/** Compares `explain` with `evaluate` in so many cases; throws at the first difference with what led to it. Tells what was met. */
export function compareExplanations(cases: number): { reasons: string[]; exposed: number } {
  const reasons = new Set<string>()
  let exposed = 0
  fc.assert(
    fc.property(generatedRulesets, fc.array(generatedContexts, { minLength: CONTEXTS, maxLength: CONTEXTS }), (ruleset, contexts) => {
      const compiled = compileRuleset(ruleset, { hashes, patterns })
      return contexts.every((context) =>
        KEYS.every((key) => {
          const evaluation = evaluate(compiled, key, context)
          const explanation = explain(compiled, key, context)
          const met = exposures(compiled, evaluation, context)
          reasons.add(evaluation.errorCode ?? evaluation.reason)
          exposed += met.length
          return isDeepStrictEqual({ ...explanation.evaluation }, { ...evaluation }) && isDeepStrictEqual(explanation.exposures, met)
        }),
      )
    }),
    { numRuns: Math.ceil(cases / (CONTEXTS * KEYS.length)) },
  )
  return { reasons: [...reasons].sort(), exposed }
}
