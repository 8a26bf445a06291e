import type { Advice, Hypothesis } from '@assay/server/contract'

/** What asks for something that is not there yet: early while a plan is first written. */
const absent: readonly Advice['code'][] = ['no_reason', 'no_guardrail', 'no_forecast']

/** Advice as it is shown beside the fields: what is merely empty is told once the plan was saved. */
export function writingAdvice(advice: readonly Advice[], saved: boolean): Advice[] {
  return advice.filter(({ code }) => saved || !absent.includes(code))
}

/** Advice beside what is missing, which says the same of empty fields already. */
export function readingAdvice({ advice = [], missing }: Pick<Hypothesis, 'advice' | 'missing'>): NonNullable<Hypothesis['advice']> {
  return advice.filter(({ field, code }) => !(absent.some((each) => each === code) && missing.some((item) => item.field === field)))
}
