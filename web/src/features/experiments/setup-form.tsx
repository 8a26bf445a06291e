import { setupOf, type ExperimentDetail, type ExperimentSetup, type Hypothesis } from '@assay/server/contract'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrors } from '../../api/field-errors.ts'
import { experimentQuery } from '../../api/project-queries.ts'
import { useProjectKey, usePermit } from '../../api/project.ts'
import { ConflictDialog } from '../../ui/conflict/conflict-dialog.tsx'
import { conflictOf } from '../../ui/conflict/conflict-of.ts'
import { mergeEdits } from '../../ui/conflict/merge-edits.ts'
import { Notice } from '../../ui/notice.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { useExperimentWrites } from './experiments-queries.ts'
import { SetupFields } from './setup-fields.tsx'
import css from './setup-form.module.css'
import { setupErrors, toSetup, type SetupErrors, type SetupValues } from './setup-values.ts'
import { setupFieldNames, setupFields, setupWords } from '../../ui/plan/setup-words.ts'

interface Props {
  experiment: ExperimentDetail
  /** What was being edited from. */
  base: { revision: number; setup: ExperimentSetup }
  values: SetupValues
  dirty: boolean
  hypothesis: Hypothesis
  onChange: (values: SetupValues) => void
  onSaved: (experiment: ExperimentDetail) => void
  onDiscard: () => void
}

interface Clash {
  theirs: ExperimentDetail
  mine: ExperimentSetup
  merged: ExperimentSetup
  fields: (keyof ExperimentSetup)[]
  changedBy: string | undefined
}

/** The set-up of a draft, saved against the revision that it was edited from. */
export function SetupForm({ experiment, base, values, dirty, hypothesis, onChange, onSaved, onDiscard }: Props) {
  const project = useProjectKey()
  const client = useQueryClient()
  const permit = usePermit('experiment.write')
  const { save } = useExperimentWrites(experiment.key)
  const [refused, setRefused] = useState<SetupErrors>({})
  const [clash, setClash] = useState<Clash>()
  const errors = { ...refused, ...setupErrors(values) }

  const send = async (basedOn: number, setup: ExperimentSetup) => {
    try {
      onSaved(await save.mutateAsync({ basedOn, setup }))
      setRefused({})
      setClash(undefined)
      toastDone({ title: 'The set-up is saved' })
    } catch (error) {
      const conflict = conflictOf(error)
      if (conflict) return meet(setup, conflict.changedBy)
      setRefused(armErrors(fieldErrors(error)))
      toastFailed('Not saved. Your edit is kept here.', error)
    }
  }

  /** Somebody saved first: what does not clash is kept from both, the rest is asked. */
  const meet = async (mine: ExperimentSetup, changedBy: string | undefined) => {
    const theirs = await client.fetchQuery({ ...experimentQuery(project, experiment.key), staleTime: 0 })
    const { merged, clashes } = mergeEdits(base.setup, setupOf(theirs), mine, setupFieldNames)
    if (clashes.length === 0) await send(theirs.revision, merged)
    else setClash({ theirs, mine, merged, fields: clashes, changedBy })
  }

  const submit = () => {
    const setup = toSetup(values)
    if (setup !== null && Object.keys(setupErrors(values)).length === 0) void send(base.revision, setup)
  }

  return (
    <form onSubmit={(event) => { event.preventDefault(); submit() }} noValidate>
      {permit.allowed ? null : <Notice>{permit.why}</Notice>}
      <fieldset className={css.plain} disabled={!permit.allowed}>
        <SetupFields values={values} errors={errors} hypothesis={hypothesis} onChange={(next) => { setRefused({}); onChange(next) }} />
      </fieldset>
      {dirty ? (
        <div className={css.save}>
          <b>Not saved yet</b>
          <span className="grow" />
          <Button variant="subtle" onClick={onDiscard}>Discard</Button>
          <PermittedButton permit={permit} type="submit" loading={save.isPending} onClick={() => undefined}>Save the set-up</PermittedButton>
        </div>
      ) : null}
      {clash === undefined ? null : (
        <ConflictDialog
          what={`the set-up of ${experiment.key}`}
          changedBy={clash.changedBy === undefined ? undefined : sentenceStart(clash.changedBy)}
          changedAt={undefined}
          clashes={clash.fields.map((field) => ({ field, label: setupFields[field], was: setupWords(base.setup, field), theirs: setupWords(clash.theirs, field), mine: setupWords(clash.mine, field) }))}
          saving={save.isPending}
          onCancel={() => { setClash(undefined) }}
          onResolve={(mine) => { void send(clash.theirs.revision, resolved(clash, mine)) }}
        />
      )}
    </form>
  )
}

/** The merged set-up with the fields that the person keeps of their own. */
function resolved({ merged, mine, fields }: Clash, keep: ReadonlySet<string>): ExperimentSetup {
  return { ...merged, ...Object.fromEntries(fields.filter((field) => keep.has(field)).map((field) => [field, mine[field]])) }
}

function sentenceStart(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

/** The form says what is wrong with any arm in one place. */
function armErrors(errors: Record<string, string>): SetupErrors {
  const arm = Object.entries(errors).find(([path]) => path.startsWith('arms.'))
  return arm ? { ...errors, arms: arm[1] } : errors
}
