import { type ExperimentDetail, type FlagName, type Hypothesis, type Metric, sameValue, sealingOf, setupOf } from '@assay/server/contract'
import { lazy, Suspense, useState } from 'react'
import { ChecklistPanel } from './checklist-panel.tsx'
import { CodePanel } from './code-panel.tsx'
import { HypothesisPanel } from './hypothesis-panel.tsx'
import { SetupForm } from './setup-form.tsx'
import { toSetup, toValues, type SetupValues } from './setup-values.ts'
import { useBaseline } from './use-baseline.ts'

// The statistics come along only where something is being planned.
const PowerPanel = lazy(async () => ({ default: (await import('./power-panel.tsx')).PowerPanel }))

interface Props {
  experiment: ExperimentDetail
  /** Of the flag that it is on, its variants. */
  flags: readonly Pick<FlagName, 'key' | 'variants'>[]
  hypothesis: Hypothesis
  metrics: readonly Metric[]
}

/** An experiment that has not started: its set-up, and what must be true before its plan is sealed. */
export function Draft({ experiment, flags, hypothesis, metrics }: Props) {
  const variants = (flag: string) => flags.find((known) => known.key === flag)?.variants.map((variant) => variant.key) ?? []
  const filled = (of: ExperimentDetail): SetupValues => toValues(setupOf(of), variants(of.flag))
  const [edit, setEdit] = useState<{ base: { revision: number; setup: ReturnType<typeof setupOf> }; values: SetupValues }>()

  const base = edit?.base ?? { revision: experiment.revision, setup: setupOf(experiment) }
  const values = edit?.values ?? filled(experiment)
  const setup = toSetup(values)
  const dirty = edit !== undefined && (setup === null || !sameValue(setup, base.setup))
  const change = (next: SetupValues) => { setEdit({ base, values: next }) }

  const primary = metrics.find((metric) => metric.key === hypothesis.primaryMetric) ?? null
  const known = useBaseline(hypothesis.primaryMetric, values.environment)
  const measured = new Set([hypothesis.primaryMetric, ...hypothesis.guardrails.map((guardrail) => guardrail.metric), ...hypothesis.secondaryMetrics])

  /** What is on this page is what a start may seal. */
  const sealing = { ...sealingOf(hypothesis, metrics, []), cohort: experiment.sealing.cohort }

  return (
    <div className="columns">
      <div>
        <SetupForm experiment={experiment} base={base} values={values} dirty={dirty} hypothesis={hypothesis} onChange={change} onSaved={() => { setEdit(undefined) }} onDiscard={() => { setEdit(undefined) }} />
        <CodePanel experiment={experiment} metrics={metrics.filter((metric) => measured.has(metric.key))} />
      </div>
      <div>
        <ChecklistPanel experiment={experiment} sealing={sealing} dirty={dirty} />
        {primary === null || setup === null ? null : <Suspense><PowerPanel setup={setup} hypothesis={hypothesis} metric={primary} known={known} onUse={(plannedUnits) => { change({ ...values, plannedUnits }) }} /></Suspense>}
        <HypothesisPanel experiment={experiment} draft={hypothesis} metric={primary?.name ?? null} />
      </div>
    </div>
  )
}
