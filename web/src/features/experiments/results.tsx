import type { ExperimentDetail } from '@assay/server/contract'
import { Button } from '@mantine/core'
import { TasksPanel } from '../../ui/tasks/tasks-panel.tsx'
import { toastFailed } from '../../ui/toast.tsx'
import { bannerOf } from './banner.ts'
import { CodePanel } from './code-panel.tsx'
import { DecisionRecord } from './decision-record.tsx'
import { DeviationsPanel } from './deviations-panel.tsx'
import { ExperimentActions } from './experiment-actions.tsx'
import { useExperimentWrites } from './experiments-queries.ts'
import { ExportPanel } from './export-panel.tsx'
import { FindingsPanel } from './findings-panel.tsx'
import { ForestTable } from './forest-table.tsx'
import { HypothesisPanel } from './hypothesis-panel.tsx'
import { LiftPanel } from './lift-panel.tsx'
import { OddPanel } from './odd-panel.tsx'
import { PeoplePanel } from './people-panel.tsx'
import { PhasesPanel } from './phases-panel.tsx'
import { PlanPanel } from './plan-panel.tsx'
import css from './results.module.css'
import { SlicesPanel } from './slices-panel.tsx'
import { VerdictBanner } from './verdict-banner.tsx'

/** An experiment that has started: the verdict first, then the evidence for it, then the plan it was sealed with. */
export function Results({ experiment }: { experiment: ExperimentDetail }) {
  const { showNumbers } = useExperimentWrites(experiment.key)
  const revealed = showNumbers.isSuccess
  const { analysis, plan } = experiment
  const hidden = bannerOf(experiment).hidden && !revealed
  const primary = plan?.metrics.find((metric) => metric.role === 'primary')?.name ?? null
  const hypothesis = plan === null ? null : <HypothesisPanel experiment={experiment} draft={plan.hypothesis.draft} metric={primary} />
  return (
    <>
      <VerdictBanner experiment={experiment} revealed={revealed} actions={<ExperimentActions experiment={experiment} />} />
      {experiment.decision === null ? null : <><DecisionRecord decision={experiment.decision} verdict={experiment.verdict} /><TasksPanel about={{ experiment: experiment.key }} /></>}
      {hidden ? (
        <div className={css.hidden}>
          <span className="grow">Lift and metrics are hidden, because the data they come from is not sound. Look for the cause first: how people are assigned, and how exposures are recorded. Looking at them all the same is written to the audit log.</span>
          <Button variant="default" loading={showNumbers.isPending} onClick={() => { showNumbers.mutate(undefined, { onError: (error) => { toastFailed('The numbers stay hidden', error) } }) }}>Show numbers anyway</Button>
        </div>
      ) : null}
      {analysis === null || hidden ? null : <ForestTable analysis={analysis} minimumEffect={plan?.minimumEffect ?? null} />}
      {analysis === null ? hypothesis : hidden ? (
        <div className={css.halves}>
          <div className={css.stack}><PeoplePanel analysis={analysis} /></div>
          <div className={css.stack}><FindingsPanel analysis={analysis} />{hypothesis}</div>
        </div>
      ) : (
        <div className={css.lift}>
          <div className={css.stack}><LiftPanel experiment={experiment} analysis={analysis} /><OddPanel analysis={analysis} /><FindingsPanel analysis={analysis} /></div>
          <div className={css.stack}><PeoplePanel analysis={analysis} />{hypothesis}</div>
        </div>
      )}
      {analysis === null || hidden ? null : <SlicesPanel experiment={experiment.key} />}
      <PhasesPanel phases={experiment.phases ?? []} />
      <DeviationsPanel deviations={experiment.deviations} phase={experiment.phase} />
      {plan === null || experiment.planHash === null ? null : <PlanPanel plan={plan} planHash={experiment.planHash} sealedAt={experiment.phases?.at(-1)?.startedAt ?? experiment.startedAt} />}
      <div className={css.halves}>
        <CodePanel experiment={experiment} metrics={plan?.metrics ?? []} />
        {hidden ? null : <ExportPanel experiment={experiment.key} />}
      </div>
    </>
  )
}
