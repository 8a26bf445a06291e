import { decide, type CompiledFlag } from './compile-flag.ts'
import type { CompiledRuleset } from './compile-ruleset.ts'
import { readableContext } from './context.ts'
import type { Context, Evaluation } from './evaluation.ts'
import { failure, notFound, unexpected } from './outcomes.ts'
import type { FlagType } from './ruleset.ts'

/** Decides one flag for one context. Never throws, never logs; the result is frozen and shared between equal outcomes. */
export function evaluate(compiled: CompiledRuleset, flagKey: string, context: Context): Evaluation {
  const flag = compiled.parts.asked.get(flagKey) ?? compiled.parts.flag(flagKey)
  return flag ? decided(flag, context) : notFound(flagKey)
}

/** As `evaluate`, but `ERROR`/`TYPE_MISMATCH` when the flag is not of the wanted type. `number` accepts `integer` and `float`. */
export function evaluateTyped(compiled: CompiledRuleset, flagKey: string, type: FlagType | 'number', context: Context): Evaluation {
  const flag = compiled.parts.asked.get(flagKey) ?? compiled.parts.flag(flagKey)
  if (!flag) return notFound(flagKey)
  const actual = flag.flag.type
  const fits = actual === type || (type === 'number' && (actual === 'integer' || actual === 'float'))
  if (fits || flag.fault !== undefined) return decided(flag, context)
  return failure(flagKey, 'TYPE_MISMATCH', `The flag ${flagKey} is of the type ${actual}; it was asked for as ${type}.`)
}

function decided(flag: CompiledFlag, context: Context): Evaluation {
  try {
    return flag.constant ?? decide(flag, readableContext(context))
  } catch {
    return unexpected(flag.flag.key)
  }
}
