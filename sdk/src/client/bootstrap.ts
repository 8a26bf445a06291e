import type { Bootstrap, EvaluatedFlag, FlagMetadata } from '../browser/evaluated-flag.ts'
import { evaluate, exposureMetadata, type CompiledRuleset, type Context, type Evaluation } from '../core/index.ts'

/** What a page may see for a context, as Assay would answer its client key: client-visible flags by key. Nothing is recorded: the page does when it reads. */
export function bootstrapFor(compiled: CompiledRuleset, context: Context): Bootstrap {
  const { project, environment, flags } = compiled.ruleset
  const visible = flags.filter((flag: { clientVisible?: unknown; key?: unknown } | null) => flag?.clientVisible === true && typeof flag.key === 'string')
  visible.sort((a, b) => (a.key < b.key ? -1 : 1))
  return { flags: visible.map(({ key, revision }) => evaluated(compiled, evaluate(compiled, key, context), { flagSetId: `${project}/${environment}`, version: String(revision) }, context)) }
}

function evaluated(compiled: CompiledRuleset, evaluation: Evaluation, metadata: FlagMetadata, context: Context): EvaluatedFlag {
  const { flagKey: key, value, variant, reason, errorCode, errorMessage = '' } = evaluation
  const known = { ...metadata, ...exposureMetadata(compiled, evaluation, context) }
  if (errorCode !== undefined) return { key, errorCode, errorDetails: errorMessage, metadata: known }
  return { key, ...(value === undefined || variant === undefined ? {} : { value, variant }), reason, metadata: known }
}
