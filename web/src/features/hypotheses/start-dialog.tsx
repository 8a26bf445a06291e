import type { ExperimentDetail, ExperimentSetup } from '@assay/server/contract'
import { Button, Modal, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError } from '../../api/client.ts'
import { experimentQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { conflictOf } from '../../ui/conflict/conflict-of.ts'
import { EnvTag } from '../../ui/env-tag.tsx'
import { percent } from '../../ui/format.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { blockersOf, type Blocker } from './blockers-of.ts'
import css from './start-dialog.module.css'
import { setupToForm, treatedShare } from './setup-form.ts'

interface Props {
  title: string
  experiment: Pick<ExperimentDetail, 'key'> & ExperimentSetup
  start: (reason: string) => Promise<void>
  /** Somebody changed what would be sealed: the page behind fetches it. */
  onLate: () => Promise<void>
  /** The server found the plan incomplete: the page behind shows what blocks it. */
  onBlocked: (blockers: Blocker[]) => void
  onClose: () => void
}

/** The last question before a plan is sealed: what will happen, to whom. */
export function StartDialog({ title, experiment, start, onLate, onBlocked, onClose }: Props) {
  const project = useProject()
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const environment = project.environments.find(({ key }) => key === experiment.environment)
  const isLate = conflictOf(failure) !== null
  // The review behind has fetched the checklist; what has changed since is told by the answer.
  const known = useQueryClient().getQueryData(experimentQuery(project.key, experiment.key).queryKey)
  const needsReason = (known?.checklist.some((item) => item.state === 'warning') ?? false) || (failure instanceof ApiError && failure.code === 'reason_required')
  const treated = treatedShare(setupToForm(experiment, []))
  const begin = async () => {
    setBusy(true)
    setFailure(null)
    try {
      await start(reason)
    } catch (error) {
      if (conflictOf(error)) await onLate().catch(() => undefined)
      setBusy(false)
      if (error instanceof ApiError && error.code === 'plan_incomplete') onBlocked(blockersOf(error))
      else setFailure(error)
    }
  }
  return (
    <Modal opened onClose={onClose} title={`Seal and start ${title}`} size={540}>
      <form className={css.form} onSubmit={(event) => { event.preventDefault(); void begin() }}>
        <ul className={css.what}>
          <li>The plan is sealed. Later edits show up as deviations and change no verdict.</li>
          {experiment.assignment === 'internal'
            ? <li><code>{experiment.flag}</code> gets a rule in <EnvTag name={environment?.name ?? experiment.environment} production={environment?.production ?? false} /> that shows the change to {percent(treated)} of the audience.</li>
            : <li>Exposures that services report for <code>{experiment.key}</code> are counted from now on. No flag changes.</li>}
          <li>Stopping it puts everybody back on <code>{experiment.control}</code> at once.</li>
        </ul>
        <Textarea data-autofocus label="Why now" description={needsReason ? 'Some things are not as they should be: say why it starts all the same. Stands beside the result and in the audit log.' : 'Kept in the audit log. May stay empty.'} required={needsReason} maxLength={1000} value={reason} onChange={(event) => { setReason(event.currentTarget.value) }} />
        {failure === null ? null : <Notice tone="danger" alert>{messageOf(failure)} {isLate ? 'The page behind shows it as it is now.' : 'Nothing was started.'}</Notice>}
        <div className={css.actions}>
          <Button variant="default" onClick={onClose}>Not yet</Button>
          <span className="grow" />
          {isLate ? <Button onClick={onClose}>Read it again</Button> : <Button type="submit" disabled={needsReason && reason.trim() === ''} loading={busy}>Seal and start</Button>}
        </div>
      </form>
    </Modal>
  )
}
