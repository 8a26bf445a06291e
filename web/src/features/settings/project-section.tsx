import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { usePermit, useProject } from '../../api/project.ts'
import { fieldErrors } from '../../api/field-errors.ts'
import { KeyTag } from '../../ui/key-tag.tsx'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import css from './project-section.module.css'
import { useUpdateProject } from './settings-queries.ts'
import { UnitTypesEditor } from './unit-types-editor.tsx'
import { unitTypeProblem } from './unit-types.ts'

export function ProjectSection() {
  const project = useProject()
  const permit = usePermit('project.write')
  const rename = useUpdateProject()
  const declare = useUpdateProject()
  const [name, setName] = useState(project.name)
  const [unitTypes, setUnitTypes] = useState(project.unitTypes)
  const declared = JSON.stringify(unitTypes) === JSON.stringify(project.unitTypes)
  const sound = unitTypes.every((_, index) => unitTypeProblem(unitTypes, index) === null)
  return (
    <>
      <Panel title="Name">
        <form className={css.form} noValidate onSubmit={(event) => { event.preventDefault(); rename.mutate({ name }, { onSuccess: () => { toastDone({ title: `The project is called ${name.trim()}` }) } }) }}>
          <div className={css.name}>
            <TextInput label="Project name" value={name} readOnly={!permit.allowed} error={fieldErrors(rename.error)['name']} onChange={(event) => { setName(event.currentTarget.value) }} />
            <div><span className={css.label}>Key</span><KeyTag>{project.key}</KeyTag></div>
          </div>
          {rename.error && Object.keys(fieldErrors(rename.error)).length === 0 ? <Notice tone="danger" alert>{messageOf(rename.error)}</Notice> : null}
          <div><PermittedButton permit={permit} type="submit" disabled={permit.allowed && (name.trim() === '' || name.trim() === project.name)} loading={rename.isPending} onClick={() => undefined}>Rename project</PermittedButton></div>
        </form>
      </Panel>
      <Panel title="Unit types">
        <div className={css.form}>
          <p className="soft">What can be bucketed and counted. A person is always one; declare others, such as a company, when a whole company must meet the same variant.</p>
          <UnitTypesEditor value={unitTypes} onChange={setUnitTypes} disabled={!permit.allowed} />
          {declare.error ? <Notice tone="danger" alert>{messageOf(declare.error)}</Notice> : null}
          <div className={css.actions}>
            <PermittedButton permit={permit} disabled={permit.allowed && (declared || !sound)} loading={declare.isPending} onClick={() => { declare.mutate({ unitTypes }, { onSuccess: () => { toastDone({ title: 'The unit types are declared' }) } }) }}>Save unit types</PermittedButton>
            {declared ? null : <Button variant="default" onClick={() => { setUnitTypes(project.unitTypes); declare.reset() }}>Discard</Button>}
          </div>
        </div>
      </Panel>
    </>
  )
}
