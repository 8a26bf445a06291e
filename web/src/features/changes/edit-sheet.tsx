import type { Change, ChangeSchedule } from '@assay/server/contract'
import { Button, Radio, Textarea } from '@mantine/core'
import { useState } from 'react'
import { fieldErrors } from '../../api/field-errors.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { ScheduleField } from '../../ui/schedule/schedule-field.tsx'
import { isAhead, tomorrowMorning } from '../../ui/schedule/schedule-start.ts'
import { Sheet } from '../../ui/sheet.tsx'
import css from './change-sheet.module.css'

interface Props {
  change: Change
  saving: boolean
  error: unknown
  onSave: (reason: string, schedule: ChangeSchedule | null) => void
  onClose: () => void
}

/** Why and when of a proposal. What it changes stays. */
export function EditSheet({ change, saving, error, onSave, onClose }: Props) {
  const [reason, setReason] = useState(change.reason)
  const [timed, setTimed] = useState(change.schedule !== null)
  const [schedule, setSchedule] = useState<ChangeSchedule>(change.schedule === null ? tomorrowMorning() : { local: change.schedule.local, timeZone: change.schedule.timeZone })
  const fields = fieldErrors(error)
  const scheduleError = Object.entries(fields).find(([path]) => path.startsWith('schedule'))?.[1]
  const ready = reason.trim() !== '' && (!timed || isAhead(schedule))
  return (
    <Sheet onClose={onClose} size={560} title={`Edit ${change.key}`}>
      <form className={css.sheet} onSubmit={(event) => { event.preventDefault(); if (ready) onSave(reason.trim(), timed ? schedule : null) }}>
        <Textarea label="Why" description="Shown in the history and to whoever is on call" value={reason} error={fields['reason']} onChange={(event) => { setReason(event.currentTarget.value) }} maxLength={1000} data-autofocus />
        <Radio.Group label="When" value={timed ? 'time' : 'hand'} onChange={(next) => { setTimed(next === 'time') }}>
          <div className={css.when}>
            <Radio value="hand" label="When somebody applies it" />
            <Radio value="time" label="At a time, by itself" />
          </div>
        </Radio.Group>
        {timed ? <ScheduleField value={schedule} onChange={setSchedule} error={scheduleError} /> : null}
        {change.approvals.given > 0 ? <Notice tone="warn">Editing makes a new version of the proposal: {change.approvals.given === 1 ? 'the approval' : 'the approvals'} given so far no longer {change.approvals.given === 1 ? 'counts' : 'count'}.</Notice> : null}
        {error && Object.keys(fields).length === 0 ? <Notice tone="danger" alert>Not saved. {messageOf(error)}</Notice> : null}
        <div className={css.foot}>
          <Button variant="default" onClick={onClose}>Leave it as it is</Button>
          <Button type="submit" disabled={!ready} loading={saving}>Save</Button>
        </div>
      </form>
    </Sheet>
  )
}
