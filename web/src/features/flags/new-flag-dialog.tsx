import { Button, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { FlagType } from '@assay/sdk/core'
import { flagKey, keyOfName, type FlagKind } from '@assay/server/contract'
import { fieldErrors } from '../../api/field-errors.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { useCreateFlag } from './flags-queries.ts'
import { isKind, kindNames, kinds, kindSentences } from './kinds.ts'
import css from './new-flag-dialog.module.css'
import { problemOf } from './problem-of.ts'
import { VariantFields } from './variant-fields.tsx'
import { rowProblems, startingRows, variantsOf } from './variant-rows.ts'

const types: { value: FlagType; label: string }[] = [
  { value: 'boolean', label: 'Boolean: on or off' },
  { value: 'string', label: 'String: text' },
  { value: 'integer', label: 'Integer: whole numbers' },
  { value: 'float', label: 'Float: any numbers' },
  { value: 'object', label: 'Object: JSON' },
]

/** A flag from its name: the key is suggested, and it starts off everywhere. */
export function NewFlagDialog({ project, onClose }: { project: string; onClose: () => void }) {
  const navigate = useNavigate()
  const create = useCreateFlag(project)
  const [name, setName] = useState('')
  const [ownKey, setOwnKey] = useState<string | null>(null)
  const [kind, setKind] = useState<FlagKind>('release')
  const [type, setType] = useState<FlagType>('boolean')
  const [description, setDescription] = useState('')
  const [rows, setRows] = useState(() => startingRows('boolean'))
  const [tried, setTried] = useState(false)

  const key = ownKey ?? keyOfName(name)
  const refused = fieldErrors(create.error)
  const nameProblem = tried && name.trim() === '' ? 'Give it a name.' : refused['name']
  const keyProblem = (tried ? problemOf(flagKey, key) : null) ?? refused['key']
  const shownElsewhere = create.error !== null && nameProblem === undefined && keyProblem === undefined

  const setKindText = (next: string) => { if (isKind(next)) setKind(next) }
  const changeType = (next: string | null) => {
    const chosen = types.find(({ value }) => value === next)?.value
    if (!chosen || chosen === type) return
    setType(chosen)
    setRows(startingRows(chosen))
  }
  const submit = () => {
    setTried(true)
    if (name.trim() === '' || problemOf(flagKey, key) !== null || rowProblems(rows, type).size > 0) return
    create.mutate({ key, name: name.trim(), kind, type, variants: variantsOf(rows, type), ...(description.trim() === '' ? {} : { description: description.trim() }) }, {
      onSuccess: (flag) => {
        toastDone({ title: `${flag.name} is created`, detail: 'It is off in every environment.' })
        onClose()
        void navigate({ to: '/p/$project/flags/$flag/$tab', params: { project, flag: flag.key, tab: 'targeting' } })
      },
    })
  }
  return (
    <Sheet onClose={onClose} size={680} title="New flag">
      <form className={css.form} noValidate onSubmit={(event) => { event.preventDefault(); submit() }}>
        {shownElsewhere ? <Notice tone="danger" alert>{messageOf(create.error)}</Notice> : null}
        <div className={css.pair}>
          <TextInput label="Name" placeholder="Express pay at checkout" value={name} onChange={(event) => { setName(event.currentTarget.value) }} error={nameProblem} maxLength={200} data-autofocus />
          <TextInput label="Key" description="What code asks for. It never changes." placeholder="express-pay" value={key} onChange={(event) => { setOwnKey(event.currentTarget.value) }} error={keyProblem} classNames={{ input: css.key ?? '' }} spellCheck={false} autoComplete="off" inputWrapperOrder={['label', 'input', 'description', 'error']} />
        </div>
        <div className={css.kind}>
          <span className={css.label} id="kind-label">Kind</span>
          <SegmentedControl aria-labelledby="kind-label" value={kind} onChange={setKindText} data={kinds.map((value) => ({ value, label: kindNames[value] }))} />
          <p className="muted">{kindSentences[kind]}</p>
        </div>
        <Textarea label="Why this flag exists" placeholder="For whoever meets it in the code in a year" value={description} onChange={(event) => { setDescription(event.currentTarget.value) }} maxLength={4000} minRows={1} />
        <Select label="Type of its values" data={types} value={type} onChange={changeType} allowDeselect={false} className={css.type ?? ''} />
        <div>
          <span className={css.label}>Variants</span>
          <VariantFields type={type} rows={rows} onChange={setRows} />
        </div>
        <div className={css.foot}>
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" loading={create.isPending}>Create flag</Button>
        </div>
      </form>
    </Sheet>
  )
}
