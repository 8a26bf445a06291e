/** The questions of a plan, in the order they are asked. */
export const steps = [
  { id: 'believe', name: 'Believe', question: 'What do we believe?', fields: ['title', 'change', 'audience', 'cohort', 'because', 'relatedTo'] },
  { id: 'measure', name: 'Measure', question: 'How will we know?', fields: ['primaryMetric', 'direction', 'minimumEffect', 'guardrails', 'secondaryMetrics'] },
  { id: 'expose', name: 'Expose', question: 'Who meets it, and how many?', fields: ['experiment'] },
  { id: 'decide', name: 'Decide', question: 'What will we do with the answer?', fields: ['wrongIf', 'rollbackPlan', 'maxExposure', 'maxDays', 'decider', 'forecast'] },
  { id: 'review', name: 'Review', question: 'Is this the plan?', fields: [] },
] as const satisfies readonly { id: string; name: string; question: string; fields: readonly string[] }[]

export type StepId = (typeof steps)[number]['id']

/** The step an address names; the first where it names none. */
export function stepOf(id: string | undefined): StepId {
  return steps.find((step) => step.id === id)?.id ?? 'believe'
}

/** The step that asks for a field of the plan. */
export function stepFor(field: string): StepId {
  const root = field.split('.')[0] ?? field
  return steps.find((step) => step.fields.some((name) => name === root))?.id ?? 'believe'
}

/** The step after one; review stays. */
export function stepAfter(id: StepId): StepId {
  return steps[steps.findIndex((step) => step.id === id) + 1]?.id ?? 'review'
}
