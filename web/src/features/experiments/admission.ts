import type { ExperimentDetail } from '@assay/server/contract'
import { dateTime, percent } from '../../ui/format.ts'
import { layerWords } from '../../ui/plan/setup-words.ts'
import type { SplitPart } from '../../ui/split-bar.tsx'

type Admitted = Pick<ExperimentDetail, 'status' | 'arms' | 'control' | 'coverage' | 'assignment' | 'nextStep' | 'unitType'> & Pick<Partial<ExperimentDetail>, 'layer'>

/** How the weights divide those who are admitted; control first. */
export function admittedParts({ arms, control }: Pick<Admitted, 'arms' | 'control'>): SplitPart[] {
  const all = arms.reduce((sum, { weight }) => sum + weight, 0)
  const treatments = arms.filter(({ variant }) => variant !== control)
  return [...arms.filter(({ variant }) => variant === control), ...treatments].map(({ variant, weight }) => ({ label: variant, share: all === 0 ? 0 : weight / all, series: treatments.findIndex((arm) => arm.variant === variant) + 1 }))
}

/** Who is admitted now, and what comes next, as pairs of a name and its value. */
export function admissionFacts({ status, control, coverage, assignment, nextStep, unitType, layer }: Admitted): [string, string][] {
  const here = assignment === 'internal'
  return [
    ['Assigned', here ? `By Assay, by ${unitType}` : `Outside Assay, by ${unitType}`],
    ...(here ? [['Admitted', admittedNow({ status, control, coverage })] satisfies [string, string]] : []),
    ...(status === 'running' && nextStep ? [['Next step', `${percent(nextStep.coverage)} on ${dateTime(nextStep.at)}`] satisfies [string, string]] : []),
    ...(layer ? [['Layer', layerWords(layer)] satisfies [string, string]] : []),
  ]
}

function admittedNow({ status, control, coverage }: Pick<Admitted, 'status' | 'control' | 'coverage'>): string {
  switch (status) {
    case 'running': return `${percent(coverage)} of the audience`
    case 'stopped': return `Nobody: everybody gets ${control}`
    case 'decided': return 'Nobody new: it is decided'
    case 'draft': return 'Nobody yet'
  }
}
