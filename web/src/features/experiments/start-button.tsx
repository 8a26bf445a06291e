import type { ExperimentDetail, Sealing } from '@assay/server/contract'
import { Button, Modal, Textarea } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { usePermit, useProjectKey, type Permit } from '../../api/project.ts'
import { plural } from '../../ui/format.ts'
import { conflictOf } from '../../ui/conflict/conflict-of.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import css from './dialog.module.css'
import { useExperimentWrites } from './experiments-queries.ts'
import { sealedLines } from './sealed-lines.ts'

interface Props {
  experiment: ExperimentDetail
  /** Revisions of what the page shows. */
  sealing: Sealing
  dirty: boolean
  blockers: number
  warnings: number
}

/** Starts a draft, after saying what will be sealed. */
export function StartButton({ experiment, sealing, dirty, blockers, warnings }: Props) {
  const permit = startPermit(usePermit('experiment.run'), dirty, blockers)
  const [asking, setAsking] = useState(false)
  return (
    <>
      <PermittedButton permit={permit} fullWidth onClick={() => { setAsking(true) }}>Start the experiment</PermittedButton>
      {permit.allowed ? null : <p>{permit.why}</p>}
      {asking ? <StartDialog experiment={experiment} sealing={sealing} warnings={warnings} onClose={() => { setAsking(false) }} /> : null}
    </>
  )
}

function startPermit(permit: Permit, dirty: boolean, blockers: number): Permit {
  if (!permit.allowed) return permit
  if (dirty) return { allowed: false, why: 'Save the set-up first: what is saved is what will be sealed.' }
  return blockers === 0 ? permit : { allowed: false, why: `${plural(blockers, 'thing stands', 'things stand')} in the way, marked above.` }
}

function StartDialog({ experiment, sealing, warnings, onClose }: Pick<Props, 'experiment' | 'sealing' | 'warnings'> & { onClose: () => void }) {
  const { start } = useExperimentWrites(experiment.key)
  const project = useProjectKey()
  const navigate = useNavigate()
  const [reason, setReason] = useState('')
  // The page behind the dialog has fetched what others changed meanwhile: it is read before anything is sealed.
  const isLate = conflictOf(start.error) !== null
  const send = () => {
    // As a promise: what runs is no draft any more, and takes this dialog with it before a callback of the call would be heard.
    start.mutateAsync({ basedOn: experiment.revision, sealing, ...(reason.trim() === '' ? {} : { reason }) }).then(() => {
      toastDone({ title: `${experiment.key} runs`, detail: 'Its plan is sealed.' })
      onClose()
      return navigate({ to: '/p/$project/experiments/$experiment/$tab', params: { project, experiment: experiment.key, tab: 'results' } })
      // What is refused is said in the dialog.
    }, () => undefined)
  }
  return (
    <Modal opened onClose={onClose} title={`Start ${experiment.key} in ${experiment.environment}`} size={560}>
      <form onSubmit={(event) => { event.preventDefault(); send() }}>
        <p className={css.words}>Starting seals the plan. From then on the verdict follows it, and whatever is changed later stands beside the result. This is what will be sealed:</p>
        <ul className={css.sealed}>
          {sealedLines(experiment, experiment.hypothesis).map((line) => <li key={line}><IconLock size={14} aria-hidden /><span>{line}</span></li>)}
        </ul>
        <Textarea label={warnings === 0 ? 'Reason' : 'Why it starts all the same'} required={warnings > 0} description={warnings === 0 ? 'Optional. Stands beside the result and in the audit log.' : `${plural(warnings, 'thing is not as it should be', 'things are not as they should be')}. The reason stands beside the result and in the audit log.`} maxLength={1000} value={reason} onChange={(event) => { setReason(event.currentTarget.value) }} />
        {start.error ? <Notice tone="danger" alert>{isLate ? `${messageOf(start.error)} This page now shows it as it is.` : `Not started. ${messageOf(start.error)}`}</Notice> : null}
        <div className={css.foot}>
          <Button variant="default" onClick={onClose}>Keep it a draft</Button>
          <span className="grow" />
          {isLate ? <Button onClick={onClose}>Read it again</Button> : <Button type="submit" data-autofocus={warnings === 0} disabled={warnings > 0 && reason.trim() === ''} loading={start.isPending}>Seal the plan and start</Button>}
        </div>
      </form>
    </Modal>
  )
}
