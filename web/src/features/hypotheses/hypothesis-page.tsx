import type { ExperimentSummary } from '@assay/server/contract'
import { IconLock, IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { experimentsQuery, hypothesisQuery } from '../../api/project-queries.ts'
import { usePermit, useProject } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { RecentChanges } from '../../ui/changes/recent-changes.tsx'
import { Failure } from '../../ui/failure.tsx'
import { KeyTag } from '../../ui/key-tag.tsx'
import { LevelGlyph } from '../../ui/level-glyph.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { Top } from '../../ui/top.tsx'
import { believeSentence } from './believe-sentence.ts'
import { AdvicePanel } from './advice-panel.tsx'
import { BelieveText } from './believe-text.tsx'
import { DecisionNote } from './decision-note.tsx'
import { ExperimentsTable } from './experiments-table.tsx'
import css from './hypothesis-page.module.css'
import { LevelPath } from './level-path.tsx'
import { levels } from './levels.ts'
import { NextStep } from './next-step.tsx'
import { planFacts } from './plan-facts.ts'
import { RelatedPanel } from './related-panel.tsx'
import { PlanList } from './plan-list.tsx'
import { useNames } from './use-names.ts'
import { stepFor } from './wizard-steps.ts'

export function HypothesisPage() {
  const project = useProject()
  const navigate = useNavigate()
  const { hypothesis: key = '' } = useParams({ strict: false })
  const permit = usePermit('hypothesis.write')
  const found = useQuery(hypothesisQuery(project.key, key))
  const experiments = useQuery(experimentsQuery(project.key))
  const names = useNames()
  const crumbs = [{ label: project.name, to: `/p/${project.key}` }, { label: 'Hypotheses', to: `/p/${project.key}/hypotheses` }, { label: key }]
  const error = found.error ?? experiments.error
  if (!found.data || !experiments.data) return <><Top crumbs={crumbs} />{error ? <Failure error={error} onRetry={() => { void found.refetch(); void experiments.refetch() }} /> : <Loading />}</>

  const hypothesis = found.data
  const own = experiments.data.experiments.filter((experiment) => experiment.hypothesis === key)
  const sealed = own.filter((experiment) => experiment.planHash !== null)
  const [firstOpen] = hypothesis.missing
  const planning = hypothesis.level === 1
  const edit = (step: string) => () => { void navigate({ to: '/p/$project/hypotheses/$hypothesis/edit', params: { project: project.key, hypothesis: key }, search: { step } }) }
  return (
    <>
      <Top crumbs={crumbs} />
      <Page
        title={hypothesis.title}
        meta={<><KeyTag>{key}</KeyTag><span className={css.level}><LevelGlyph level={hypothesis.level} size={18} />{levels.find((each) => each.level === hypothesis.level)?.name}</span><span>Written by {hypothesis.createdBy}</span><span>Changed <Ago at={hypothesis.changedAt} /></span></>}
        actions={planning
          ? <PermittedButton permit={permit} onClick={edit(firstOpen ? stepFor(firstOpen.field) : 'review')}>{firstOpen ? 'Continue the plan' : 'Review and start'}</PermittedButton>
          : <PermittedButton permit={permit} variant="default" leftSection={<IconPencil size={14} />} onClick={edit('believe')}>Edit</PermittedButton>}
      >
        <div className="columns">
          <div>
            <Panel>
              <BelieveText pieces={believeSentence(hypothesis, names)} />
              {hypothesis.wrongIf === '' ? null : <p className={css.wrong}><b>Wrong if</b> {hypothesis.wrongIf}</p>}
            </Panel>
            <Panel title="How far it is">
              <LevelPath level={hypothesis.level} />
              <NextStep hypothesis={hypothesis} newest={own[0]} />
            </Panel>
            <Panel title="Experiments" padded={false}>
              {own.length === 0
                ? <p className={css.none}>None yet. <Link to="/p/$project/hypotheses/$hypothesis/edit" params={{ project: project.key, hypothesis: key }} search={{ step: 'expose' }}>Say which flag shows the change</Link>, and to whom.</p>
                : <ExperimentsTable experiments={own} />}
            </Panel>
            <Panel title="The plan">
              {sealed.length === 0 ? null : <div className={css.sealed}><Notice icon={<IconLock size={16} aria-hidden />}>{sealed.map((experiment) => experiment.key).join(', ')} {sealed.length === 1 ? 'keeps' : 'keep'} the plan as it was sealed. An edit here is shown there as a deviation.</Notice></div>}
              <PlanList groups={planFacts(hypothesis, names)} hypothesis={key} />
            </Panel>
          </div>
          <div>
            {own.some(isDecided) ? <Panel title="What was learned">{own.filter(isDecided).map((experiment) => <DecisionNote key={experiment.key} experiment={experiment} />)}</Panel> : null}
            <AdvicePanel hypothesis={hypothesis} />
            <RelatedPanel hypothesis={hypothesis} />
            <RecentChanges kind="hypothesis" of={key} />
          </div>
        </div>
      </Page>
    </>
  )
}

function isDecided(experiment: ExperimentSummary): experiment is ExperimentSummary & { decision: NonNullable<ExperimentSummary['decision']> } {
  return experiment.decision !== null
}
