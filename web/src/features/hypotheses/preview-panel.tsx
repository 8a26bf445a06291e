import type { Hypothesis } from '@assay/server/contract'
import { useProject } from '../../api/project.ts'
import { percent, plural } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { believeSentence, type Names } from './believe-sentence.ts'
import { BelieveText } from './believe-text.tsx'
import { formToDraft } from './draft-form.ts'
import css from './preview-panel.module.css'
import { treatedShare } from './setup-form.ts'
import type { Wizard } from './use-wizard.ts'

/** The plan as it reads so far, while it is written. */
export function PreviewPanel({ wizard, names, missing }: { wizard: Wizard; names: Names; missing: Hypothesis['missing'] | null }) {
  const project = useProject()
  const draft = formToDraft(wizard.form)
  const { setup } = wizard
  const environment = project.environments.find(({ key }) => key === setup.environment)?.name ?? setup.environment
  return (
    <>
      <Panel title="As it reads">
        <BelieveText size="body" pieces={believeSentence(draft, names)} />
        <dl className={css.facts}>
          {draft.wrongIf === '' ? null : <div><dt>Wrong if</dt><dd>{draft.wrongIf}</dd></div>}
          {draft.guardrails.length === 0 ? null : <div><dt>Must not get worse</dt><dd>{draft.guardrails.map(({ metric }) => names.metric(metric)).join(', ')}</dd></div>}
          {setup.flag === null ? null : <div><dt>Shown by</dt><dd><code>{setup.flag}</code> in {environment}, to {percent(treatedShare(setup))} of the audience</dd></div>}
          {draft.maxDays === null ? null : <div><dt>Over after</dt><dd>{plural(draft.maxDays, 'day')} at most</dd></div>}
          {draft.decider === '' ? null : <div><dt>Decides it</dt><dd>{draft.decider}</dd></div>}
        </dl>
      </Panel>
      {missing === null || missing.length === 0 ? null : <p className="muted">{plural(missing.length, 'thing')} still open when it was last saved. You can save and go at any time.</p>}
    </>
  )
}
