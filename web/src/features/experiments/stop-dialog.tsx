import type { ExperimentDetail } from '@assay/server/contract'
import { Button, Modal, Textarea } from '@mantine/core'
import { useState } from 'react'
import { EnvTag } from '../../ui/env-tag.tsx'
import { count } from '../../ui/format.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import css from './dialog.module.css'
import { useExperimentWrites } from './experiments-queries.ts'

interface Props {
  experiment: ExperimentDetail
  production: boolean
  onClose: () => void
}

/** Says what stopping does to people, and asks why. */
export function StopDialog({ experiment, production, onClose }: Props) {
  const { stop } = useExperimentWrites(experiment.key)
  const [reason, setReason] = useState('')
  const internal = experiment.assignment === 'internal'
  const send = () => {
    stop.mutate({ reason }, {
      onSuccess: () => { toastDone({ title: `${experiment.key} is stopped`, detail: internal ? `Everybody it admitted is back on ${experiment.control}.` : 'New people are no longer counted.' }); onClose() },
      onError: (error) => { toastFailed(`Not stopped. ${experiment.key} still runs.`, error) },
    })
  }
  return (
    <Modal opened onClose={onClose} title={`Stop ${experiment.key}`}>
      <form onSubmit={(event) => { event.preventDefault(); send() }}>
        <p className={css.words}>
          {internal ? <>Nobody new is admitted in <EnvTag name={experiment.environment} production={production} />, and {experiment.people === 0 ? 'everybody' : `all ${count(experiment.people)} people`} it admitted get {experiment.control}.</> : 'The service that assigns people goes on by itself: turn the change off there. Nobody new is counted here.'}
          {' '}What was measured stays. It can go on later, with the same people in the same variants.
        </p>
        <Textarea data-autofocus label="Why" description="Stands in the audit log and on this page." value={reason} onChange={(event) => { setReason(event.currentTarget.value) }} maxLength={1000} />
        <div className={css.foot}>
          <Button variant="default" onClick={onClose}>Keep it running</Button>
          <span className="grow" />
          <Button type="submit" loading={stop.isPending}>Stop the experiment</Button>
        </div>
      </form>
    </Modal>
  )
}
