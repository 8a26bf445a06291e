import { setupOf, type ExperimentDetail } from '@assay/server/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { experimentQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { Failure } from '../../ui/failure.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import { believeSentence, type Names } from './believe-sentence.ts'
import { BelieveText } from './believe-text.tsx'
import type { Blocker } from './blockers-of.ts'
import { Checklist } from './checklist.tsx'
import { formToDraft } from './draft-form.ts'
import { planFacts } from './plan-facts.ts'
import { PlanList } from './plan-list.tsx'
import { setupFacts } from './setup-facts.ts'
import { steps, stepFor } from './wizard-steps.ts'
import type { Wizard } from './use-wizard.ts'

/** The whole plan in words, and what still stands in the way of sealing it. */
export function ReviewStep({ wizard, names, blockers }: { wizard: Wizard; names: Names; blockers: readonly Blocker[] }) {
  const project = useProject()
  const { held, drafted } = wizard
  if (!held) return <p className="soft">Nothing is saved yet. Start with what you believe.</p>
  const draft = formToDraft(wizard.form)
  const [believe, measure, decide] = planFacts(draft, names)
  const exposure = setupFacts(drafted === null ? null : setupOf(drafted), project.environments)
  return (
    <>
      <Panel><BelieveText pieces={believeSentence(draft, names)} /></Panel>
      <Panel title="Before it can start">
        {drafted === null ? (
          <ul style={{ display: 'grid', gap: 8 }}>
            {held.missing.map(({ field, message }) => {
              const step = stepFor(field)
              return <li key={field} style={{ display: 'flex', gap: 10, fontSize: 13 }}><span className="grow">{message}</span><Link to="/p/$project/hypotheses/$hypothesis/edit" params={{ project: project.key, hypothesis: held.key }} search={{ step }}>{steps.find(({ id }) => id === step)?.name}</Link></li>
            })}
          </ul>
        ) : <LiveChecklist experiment={drafted.key} wizard={wizard} />}
      </Panel>
      <Panel title="The plan"><PlanList hypothesis={held.key} groups={[believe, measure, exposure, decide].filter((group) => group !== undefined)} /></Panel>
      {blockers.length === 0 ? null : (
        <Notice tone="danger" alert>
          <p style={{ marginBottom: 8 }}>It did not start, and nothing was sealed. This stands in the way:</p>
          <Checklist items={blockers} hypothesis={held} experiment={drafted} />
        </Notice>
      )}
    </>
  )
}

function LiveChecklist({ experiment, wizard }: { experiment: ExperimentDetail['key']; wizard: Wizard }) {
  const project = useProject()
  const detail = useQuery(experimentQuery(project.key, experiment))
  if (!detail.data || !wizard.held) return detail.error ? <Failure error={detail.error} onRetry={() => { void detail.refetch() }} /> : <Loading rows={3} />
  return <Checklist items={detail.data.checklist} hypothesis={wizard.held} experiment={detail.data} />
}
