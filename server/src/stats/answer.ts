/** Why there is no number. */
export type NoAnswerReason =
  | 'invalid_input'
  | 'no_units'
  | 'one_unit'
  | 'too_few_units'
  | 'zero_variance'
  | 'zero_denominator'
  | 'zero_baseline'
  | 'singular_covariates'
  | 'below_cut'
  | 'out_of_reach'
  | 'too_early'

export interface NoAnswer {
  noAnswer: NoAnswerReason
}

/** A result, or the reason why there is none: never 0, NaN or Infinity in place of an unknown. */
export type Answer<T> = T | NoAnswer

export function noAnswer(reason: NoAnswerReason): NoAnswer {
  return { noAnswer: reason }
}

export function isAnswer<T>(answer: T | NoAnswer): answer is Exclude<T, NoAnswer> {
  return typeof answer !== 'object' || answer === null || !('noAnswer' in answer)
}

/** For a reader who shows the same blank whatever the reason. */
export function answerOrNull<T>(answer: T | NoAnswer): Exclude<T, NoAnswer> | null {
  return isAnswer(answer) ? answer : null
}

/** For a caller who has made sure that there is one. */
export function requireAnswer<T>(answer: T | NoAnswer): Exclude<T, NoAnswer> {
  if (isAnswer(answer)) return answer
  throw new Error(`There is no answer: ${(answer as NoAnswer).noAnswer}.`)
}

/** Applies `f` to a result and passes a missing one on with its reason. */
export function mapAnswer<T, U>(answer: T | NoAnswer, f: (value: Exclude<T, NoAnswer>) => U | NoAnswer): U | NoAnswer {
  return isAnswer(answer) ? f(answer) : (answer as NoAnswer)
}

/** The last gate of every function that answers a question: inputs far out of range may overflow on the way, and what came of them is no result. */
export function finite<T>(value: T): Answer<T> {
  return isFinite(value) ? value : noAnswer('invalid_input')
}

function isFinite(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || value === null) return true
  for (const entry of Object.values(value)) if (!isFinite(entry)) return false
  return true
}
