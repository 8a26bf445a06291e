import type { ExperimentDetail } from '@assay/server/contract'
import { AdmissionPanel } from './admission-panel.tsx'
import { CodePanel } from './code-panel.tsx'
import { DeviationsPanel } from './deviations-panel.tsx'
import { HypothesisPanel } from './hypothesis-panel.tsx'
import { PhasesPanel } from './phases-panel.tsx'
import { PlanPanel } from './plan-panel.tsx'

/** The plan as it was sealed, and everything that was done to it since. */
export function SealedSetup({ experiment }: { experiment: ExperimentDetail }) {
  const { plan, planHash } = experiment
  const primary = plan?.metrics.find((metric) => metric.role === 'primary')?.name ?? null
  return (
    <div className="columns">
      <div>
        <DeviationsPanel deviations={experiment.deviations} phase={experiment.phase} />
        <PhasesPanel phases={experiment.phases ?? []} />
        {plan === null || planHash === null ? null : <PlanPanel plan={plan} planHash={planHash} sealedAt={experiment.phases?.at(-1)?.startedAt ?? experiment.startedAt} />}
        <CodePanel experiment={experiment} metrics={plan?.metrics ?? []} />
      </div>
      <div>
        <AdmissionPanel experiment={experiment} />
        {plan === null ? null : <HypothesisPanel experiment={experiment} draft={plan.hypothesis.draft} metric={primary} />}
      </div>
    </div>
  )
}
