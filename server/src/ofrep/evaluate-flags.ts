import { compileRuleset, evaluate, exposureMetadata, type CompiledRuleset, type Context, type Evaluation, type Flag, type Ruleset } from '@assay/sdk/core'
import { patterns } from '@assay/sdk/patterns'
import { failureText, successText } from './flag-json.ts'

export interface FlagAnswer {
  status: 200 | 400 | 404 | 500
  /** The JSON of the flag's entry, which is also the body of a single evaluation. */
  text: string
  evaluation: Evaluation
}

/** The flags of one ruleset, decided and written as OFREP answers. */
export interface FlagEvaluator {
  readonly compiled: CompiledRuleset
  /** `<project>/<environment>`. */
  readonly flagSetId: string
  /** Every flag, or those that a public key may see, by key. A flag that fails is an entry that says why. */
  all: (context: Context, audience: Audience) => string[]
  one: (key: string, context: Context, audience: Audience) => FlagAnswer
}

/** A client key is public: for it, flags that are not client-visible do not exist. */
export type Audience = 'server' | 'client'

export function createFlagEvaluator(ruleset: Ruleset): FlagEvaluator {
  const compiled = compileRuleset(ruleset, { patterns })
  const flagSetId = `${ruleset.project}/${ruleset.environment}`
  const flags = [...ruleset.flags].sort((a, b) => (a.key < b.key ? -1 : 1))
  const visible = flags.filter((flag) => flag.clientVisible)
  const known = { server: byKey(flags), client: byKey(visible) }

  function answer(flag: Flag, context: Context): FlagAnswer {
    const evaluation = evaluate(compiled, flag.key, context)
    const metadata = { flagSetId, version: String(flag.revision), ...exposureMetadata(compiled, evaluation, context) }
    const { errorCode, errorMessage = '' } = evaluation
    if (errorCode === undefined) return { status: 200, text: successText(evaluation, flag.type, metadata), evaluation }
    return { status: errorCode === 'GENERAL' ? 500 : 400, text: failureText({ key: flag.key, errorCode, errorDetails: errorMessage }, metadata), evaluation }
  }

  return {
    compiled,
    flagSetId,
    all: (context, audience) => (audience === 'server' ? flags : visible).map((flag) => answer(flag, context).text),
    one(key, context, audience) {
      const flag = known[audience].get(key)
      return flag ? answer(flag, context) : unknownFlag(key)
    },
  }
}

function byKey(flags: readonly Flag[]): ReadonlyMap<string, Flag> {
  return new Map(flags.map((flag) => [flag.key, flag]))
}

function unknownFlag(key: string): FlagAnswer {
  const evaluation: Evaluation = { flagKey: key, reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND', errorMessage: `There is no flag ${key.slice(0, 200)}.` }
  return { status: 404, text: failureText({ key, errorCode: 'FLAG_NOT_FOUND', errorDetails: evaluation.errorMessage ?? '' }), evaluation }
}
