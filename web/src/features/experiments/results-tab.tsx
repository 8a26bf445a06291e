import type { ExperimentDetail } from '@assay/server/contract'
import { Button } from '@mantine/core'
import { IconFlask2 } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useProjectKey } from '../../api/project.ts'
import { Empty } from '../../ui/empty.tsx'
import { TasksPanel } from '../../ui/tasks/tasks-panel.tsx'
import { toastFailed } from '../../ui/toast.tsx'
import { bannerOf } from './banner.ts'
import { DecisionRecord } from './decision-record.tsx'
import { ExperimentActions } from './experiment-actions.tsx'
import { useExperimentWrites } from './experiments-queries.ts'
import { ExportPanel } from './export-panel.tsx'
import { FindingsPanel } from './findings-panel.tsx'
import { ForestTable } from './forest-table.tsx'
import { HypothesisPanel } from './hypothesis-panel.tsx'
import { LiftPanel } from './lift-panel.tsx'
import { PeoplePanel } from './people-panel.tsx'
import { PlanChanges } from './plan-changes.tsx'
import css from './results-tab.module.css'
import { SlicesPanel } from './slices-panel.tsx'
import { VerdictBanner } from './verdict-banner.tsx'

interface Props {
  experiment: ExperimentDetail
  /** Numbers that are hidden are shown all the same, because somebody asked. */
  revealed: boolean
  onReveal: () => void
}

/** The verdict first, then the evidence for it. */
export function ResultsTab({ experiment, revealed, onReveal }: Props) {
  const project = useProjectKey()
  const { showNumbers } = useExperimentWrites(experiment.key)
  if (experiment.status === 'draft') {
    return (
      <Empty icon={<IconFlask2 size={28} stroke={1.6} />} title="Nothing to read yet" action={<Link to="/p/$project/experiments/$experiment/$tab" params={{ project, experiment: experiment.key, tab: 'setup' }}>See what it needs to start</Link>}>
        It is a draft. Once it runs, the verdict stands here, with everything that it rests on.
      </Empty>
    )
  }
  const { analysis, plan } = experiment
  const hidden = bannerOf(experiment).hidden && !revealed
  const primary = plan?.metrics.find((metric) => metric.role === 'primary')?.name ?? null
  const hypothesis = plan === null ? null : <HypothesisPanel experiment={experiment} draft={plan.hypothesis.draft} metric={primary} />
  return (
    <>
      <VerdictBanner experiment={experiment} revealed={revealed} actions={<ExperimentActions experiment={experiment} />} />
      <PlanChanges experiment={experiment} />
      {experiment.decision === null ? null : <><DecisionRecord decision={experiment.decision} verdict={experiment.verdict} /><TasksPanel about={{ experiment: experiment.key }} /></>}
      {hidden ? (
        <div className={css.hidden}>
          <span className="grow">Lift and metrics are hidden, because the data they come from is not sound. <Link to="/p/$project/experiments/$experiment/$tab" params={{ project, experiment: experiment.key, tab: 'health' }}>Look for the cause first</Link>: how people are assigned, and how exposures are recorded. Looking at them all the same is written to the audit log.</span>
          <Button variant="default" loading={showNumbers.isPending} onClick={() => { showNumbers.mutate(undefined, { onSuccess: onReveal, onError: (error) => { toastFailed('The numbers stay hidden', error) } }) }}>Show numbers anyway</Button>
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
          <div className={css.stack}><LiftPanel experiment={experiment} analysis={analysis} /><FindingsPanel analysis={analysis} /></div>
          <div className={css.stack}><PeoplePanel analysis={analysis} />{hypothesis}</div>
        </div>
      )}
      {analysis === null || hidden ? null : <SlicesPanel experiment={experiment.key} />}
      {hidden ? null : <ExportPanel experiment={experiment.key} />}
    </>
  )
}
