import { Button, SegmentedControl, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { sameValue, tag as tagSchema, type FlagDetail } from '@assay/server/contract'
import { fieldErrors } from '../../api/field-errors.ts'
import { flagViewsQuery, membersQuery } from '../../api/project-queries.ts'
import { useProjectKey } from '../../api/project.ts'
import { useMe } from '../../api/session.ts'
import { namingOf } from '../../ui/serve/naming.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { ConflictSheet } from './conflict-sheet.tsx'
import css from './details-dialog.module.css'
import { isKind, kindNames, kinds, kindSentences } from './kinds.ts'
import { problemOf } from './problem-of.ts'
import sheet from './sheet.module.css'
import { useDefinitionSave, versionOf } from './use-definition-save.ts'

/** Everything about a flag that no environment decides: its name, why it exists, whose it is, and until when. */
export function DetailsDialog({ flag, onClose }: { flag: FlagDetail; onClose: () => void }) {
  const project = useProjectKey()
  const me = useMe()
  const members = useQuery(membersQuery(project)).data?.members ?? []
  const tags = useQuery(flagViewsQuery(project)).data?.tags ?? []
  const [base] = useState(() => versionOf(flag))
  const [edited, setEdited] = useState(base.definition)
  const saving = useDefinitionSave(flag.key, (saved) => {
    toastDone({ title: `${saved.name}: saved` })
    onClose()
  })
  const set = (part: Partial<typeof edited>) => { setEdited({ ...edited, ...part }) }
  const definition = { ...edited, name: edited.name.trim(), description: edited.description.trim() }
  const refused = fieldErrors(saving.error)
  const nameProblem = definition.name === '' ? 'Give it a name.' : refused['name']
  const tagsProblem = definition.tags.map((tag) => problemOf(tagSchema, tag)).find((problem) => problem !== null) ?? refused['tags']
  const owners = [...new Set([...members.map(({ name }) => name), ...(flag.owner === null ? [] : [flag.owner])])]
  const changed = !sameValue(base.definition, definition)

  if (saving.conflict) return <ConflictSheet where="Flag" production={false} overlaps={saving.conflict.overlaps} changedBy={saving.conflict.changedBy} me={me.name} naming={namingOf(flag.variants)} onChoose={saving.choose} onClose={saving.dismiss} />
  return (
    <Sheet onClose={onClose} size={600} title={`Details of ${flag.name}`}>
      <form className={css.form} noValidate onSubmit={(event) => { event.preventDefault(); if (changed && nameProblem === undefined && tagsProblem === undefined) saving.save(base, definition) }}>
        <TextInput label="Name" value={edited.name} onChange={(event) => { set({ name: event.currentTarget.value }) }} error={nameProblem} maxLength={200} data-autofocus />
        <Textarea label="Why this flag exists" description="For whoever meets it in the code in a year" value={edited.description} onChange={(event) => { set({ description: event.currentTarget.value }) }} error={refused['description']} maxLength={4000} />
        <div className={css.kind}>
          <span className={css.label} id="details-kind">Kind</span>
          <SegmentedControl aria-labelledby="details-kind" value={edited.kind} onChange={(kind) => { if (isKind(kind)) set({ kind }) }} data={kinds.map((value) => ({ value, label: kindNames[value] }))} />
          <p className="muted">{kindSentences[edited.kind]}</p>
        </div>
        <div className={css.pair}>
          <Select label="Owner" placeholder="Nobody" data={owners} value={edited.owner} onChange={(owner) => { set({ owner }) }} clearable clearButtonProps={{ 'aria-label': 'No owner' }} searchable error={refused['owner']} />
          <TextInput type="date" label="Expected removal" description="Day by which it should be gone from the code" value={edited.expectedRemoval ?? ''} onChange={(event) => { const day = event.currentTarget.value; set({ expectedRemoval: day === '' ? null : day }) }} error={refused['expectedRemoval']} inputWrapperOrder={['label', 'input', 'description', 'error']} />
        </div>
        <TagsInput label="Tags" placeholder={edited.tags.length === 0 ? 'Comma or Enter adds a tag' : ''} data={tags} limit={50} value={edited.tags} onChange={(next) => { set({ tags: next.map((tag) => tag.trim().toLowerCase()) }) }} error={tagsProblem} maxTags={20} splitChars={[',']} />
        <Switch label="Seen by client keys" description="Browsers and apps may evaluate it. Its rules never leave the server." checked={edited.clientVisible} onChange={(event) => { set({ clientVisible: event.currentTarget.checked }) }} />
        <div className={sheet.foot}>
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" disabled={!changed || nameProblem !== undefined || tagsProblem !== undefined} loading={saving.saving}>Save details</Button>
        </div>
      </form>
    </Sheet>
  )
}
