import { Button, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { flagKey, keyOfName, type FlagDetail } from '@assay/server/contract'
import { ApiError } from '../../api/client.ts'
import { fieldErrors } from '../../api/field-errors.ts'
import { useProjectKey } from '../../api/project.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { useCloneFlag } from './flags-queries.ts'
import css from './new-flag-dialog.module.css'
import { problemOf } from './problem-of.ts'

/** A copy under a new key, off everywhere. */
export function CloneDialog({ flag, onClose }: { flag: FlagDetail; onClose: () => void }) {
  const project = useProjectKey()
  const navigate = useNavigate()
  const clone = useCloneFlag(project, flag.key)
  const [name, setName] = useState(`${flag.name} copy`)
  const [ownKey, setOwnKey] = useState<string | null>(null)
  const key = ownKey ?? keyOfName(name)
  const refused = fieldErrors(clone.error)
  const taken = clone.error instanceof ApiError && ['already_exists', 'key_retired'].includes(clone.error.code) ? clone.error.message : undefined
  const nameProblem = name.trim() === '' ? 'Give it a name.' : refused['name']
  const keyProblem = taken ?? problemOf(flagKey, key) ?? refused['key']
  const shownElsewhere = clone.error !== null && taken === undefined && Object.keys(refused).length === 0

  const submit = () => {
    clone.mutate({ key, name: name.trim() }, {
      onSuccess: (copy) => {
        toastDone({ title: `${copy.name} is created`, detail: 'It is off in every environment.' })
        onClose()
        void navigate({ to: '/p/$project/flags/$flag/$tab', params: { project, flag: copy.key, tab: 'targeting' } })
      },
    })
  }
  return (
    <Sheet onClose={onClose} size={560} title={`Clone ${flag.name}`}>
      <form className={css.form} noValidate onSubmit={(event) => { event.preventDefault(); if (name.trim() !== '') submit() }}>
        <p className="soft">Variants and targeting are copied with their salts, so everybody gets the same side of a split as in the original. Rules of experiments and parts of layers stay with the original. The copy is off in every environment.</p>
        {shownElsewhere ? <Notice tone="danger" alert>{messageOf(clone.error)}</Notice> : null}
        <div className={css.pair}>
          <TextInput label="Name" value={name} onChange={(event) => { clone.reset(); setName(event.currentTarget.value) }} error={nameProblem} maxLength={200} data-autofocus />
          <TextInput label="Key" description="What code asks for. It never changes." value={key} onChange={(event) => { clone.reset(); setOwnKey(event.currentTarget.value) }} error={keyProblem} classNames={{ input: css.key ?? '' }} spellCheck={false} autoComplete="off" inputWrapperOrder={['label', 'input', 'description', 'error']} />
        </div>
        <div className={css.foot}>
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" disabled={nameProblem !== undefined || keyProblem !== undefined} loading={clone.isPending}>Clone flag</Button>
        </div>
      </form>
    </Sheet>
  )
}
