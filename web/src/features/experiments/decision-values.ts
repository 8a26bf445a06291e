import type { ExperimentDetail, RouteBodyInput, Routes } from '@assay/server/contract'

export interface DecisionValues {
  choice: 'ship' | 'remove' | 'iterate'
  variant: string
  note: string
  learning: string
}

export const choices: readonly { value: DecisionValues['choice']; label: string; explanation: string }[] = [
  { value: 'ship', label: 'Ship', explanation: 'Everybody its rule admits gets the variant.' },
  { value: 'remove', label: 'Remove', explanation: 'Everybody it admitted stays on control. Take the code out.' },
  { value: 'iterate', label: 'Try again differently', explanation: 'Everybody it admitted stays on control. Write the next hypothesis.' },
]

/** What the form proposes: follow the verdict. */
export function proposed(experiment: Pick<ExperimentDetail, 'verdict' | 'analysis' | 'arms' | 'control'>, arm: string | null): DecisionValues {
  const { verdict } = experiment
  const choice = verdict?.kind === 'confirmed' ? 'ship' : verdict?.kind === 'rejected' || verdict?.kind === 'harmful' ? 'remove' : 'iterate'
  return { choice, variant: arm ?? treatmentsOf(experiment)[0] ?? '', note: '', learning: '' }
}

/** Arms that can be shipped. */
export function treatmentsOf({ arms, control }: Pick<ExperimentDetail, 'arms' | 'control'>): string[] {
  return arms.map((arm) => arm.variant).filter((variant) => variant !== control)
}

/** Shipping without a confirmed verdict, or not shipping with one, has to say why. */
export function differsFromVerdict({ choice }: Pick<DecisionValues, 'choice'>, { verdict }: Pick<ExperimentDetail, 'verdict'>): boolean {
  return (choice === 'ship') !== (verdict?.kind === 'confirmed')
}

export function decisionErrors(values: DecisionValues, experiment: Pick<ExperimentDetail, 'verdict' | 'arms' | 'control'>): Partial<Record<keyof DecisionValues, string>> {
  return {
    ...(values.choice === 'ship' && !treatmentsOf(experiment).includes(values.variant) ? { variant: 'Say which variant to ship.' } : {}),
    ...(differsFromVerdict(values, experiment) && values.note.trim() === '' ? { note: 'This differs from the verdict: say why.' } : {}),
    ...(values.learning.trim() === '' ? { learning: 'Write down what was learned.' } : {}),
  }
}

/** The decision as it is sent. */
export function toDecision({ choice, variant, note, learning }: DecisionValues): RouteBodyInput<Routes['decideExperiment']> {
  return { choice, note, learning, ...(choice === 'ship' ? { variant } : {}) }
}
