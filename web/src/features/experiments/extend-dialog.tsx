import type { ExperimentDetail } from '@assay/server/contract'
import { useState } from 'react'
import { count, plural } from '../../ui/format.ts'
import { modes } from '../../ui/plan/modes.ts'
import { toastDone } from '../../ui/toast.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import css from './setup-form.module.css'
import { useExperimentWrites } from './experiments-queries.ts'
import { NumberField } from './number-field.tsx'
import { extendNotes } from './running-notes.ts'

interface Props {
  experiment: ExperimentDetail
  production: boolean
  onClose: () => void
}

/** Plans more people or days than were sealed. */
export function ExtendDialog({ experiment, production, onClose }: Props) {
  const { extend } = useExperimentWrites(experiment.key)
  const { plannedUnits, plannedDays, mode } = experiment
  const [units, setUnits] = useState<number | ''>('')
  const [days, setDays] = useState<number | ''>('')
  const few = plannedUnits !== null && units !== '' && units <= plannedUnits
  const short = plannedDays !== null && days !== '' && days <= plannedDays
  const moves = [
    ...(units === '' || plannedUnits === null ? [] : [{ label: 'Planned people', was: count(plannedUnits), now: count(units) }]),
    ...(days === '' || plannedDays === null ? [] : [{ label: 'Planned days', was: plural(plannedDays, 'day'), now: plural(days, 'day') }]),
  ]
  const dropped = mode === 'always_valid' || moves.length === 0 ? [] : [{ label: 'How it is read', was: modes[mode].name, now: modes.always_valid.name }]
  return (
    <ChangeDialog
      title={`Extend ${experiment.key}`} production={production} moves={[...moves, ...dropped]} notes={extendNotes(experiment)} problem={few || short ? 'Name more than is planned.' : null}
      typedFirst={null} action="Extend it" keep="Keep to the plan" busy={extend.isPending} failure={extend.error} onClose={onClose}
      onSend={(reason) => {
        extend.mutate({ basedOn: experiment.revision, ...(units === '' ? {} : { plannedUnits: units }), ...(days === '' ? {} : { plannedDays: days }), reason }, { onSuccess: () => { toastDone({ title: `${experiment.key} is extended`, detail: 'It stands as a deviation from the plan.' }); onClose() } })
      }}
    >
      <div className={css.row}>
        {plannedUnits === null ? null : <NumberField data-autofocus label="People, in all" description={`${count(plannedUnits)} are planned.`} allowDecimal={false} value={units} error={few ? 'Name more than is planned.' : undefined} onChange={setUnits} />}
        {plannedDays === null ? null : <NumberField data-autofocus={plannedUnits === null} label="Days, in all" description={`${plural(plannedDays, 'day')} are planned.`} allowDecimal={false} max={365} value={days} error={short ? 'Name more than is planned.' : undefined} onChange={setDays} />}
      </div>
    </ChangeDialog>
  )
}
