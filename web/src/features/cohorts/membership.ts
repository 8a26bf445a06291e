import { compileRuleset, explain, type Cohort as WireCohort, type Context, type ExplanationStep } from '@assay/sdk/core'
import { patterns } from '@assay/sdk/patterns'
import type { Cohort } from '@assay/server/contract'
import type { CohortDefinition } from './cohort-form.ts'

/** Whether a context is in a cohort, and why: found by the engine that services use. */
export interface Membership {
  outcome: ExplanationStep['outcome']
  /** The engine's own sentence. */
  text: string
  steps: readonly ExplanationStep[]
}

type Named = Pick<Cohort, 'key'> & CohortDefinition

/** Asks the engine whether a context is in the cohort that is being edited. `others` are the project's cohorts, for those it names. */
export function membership(cohort: Named, others: readonly Named[], context: Context): Membership {
  const cohorts = [cohort, ...others.filter(({ key }) => key !== cohort.key)].map(toWire)
  const compiled = compileRuleset({
    schema: 1, project: 'preview', environment: 'preview', epoch: 'preview', version: 1, layers: [], holdouts: [], cohorts,
    flags: [{ key: 'member', type: 'boolean', enabled: true, clientVisible: false, revision: 1, variants: [{ key: 'in', value: true }, { key: 'out', value: false }], rules: [{ id: 'asked', when: { cohort: cohort.key }, serve: { variant: 'in' } }], fallthrough: { variant: 'out' } }],
  }, { patterns })
  const asked = explain(compiled, 'member', context).steps.find((step) => step.ruleId === 'asked')?.steps[0]
  if (!asked) throw new Error('The engine did not say how it looked at the cohort.')
  return { outcome: asked.outcome, text: asked.text, steps: asked.steps }
}

function toWire({ key, unit, when, included, excluded }: Named): WireCohort {
  return { key, unit, ...(when === null ? {} : { when }), included: [...included], excluded: [...excluded] }
}
