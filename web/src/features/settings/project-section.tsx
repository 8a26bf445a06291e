import { sameValue, type Project } from '@assay/server/contract'
import { Button, TextInput } from '@mantine/core'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { usePermit, useProject } from '../../api/project.ts'
import { fieldErrors } from '../../api/field-errors.ts'
import { conflictOf } from '../../ui/conflict/conflict-of.ts'
import { KeyTag } from '../../ui/key-tag.tsx'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { bots as botWords, botsAreSound } from './bot-words.ts'
import { BotsEditor } from './bots-editor.tsx'
import css from './project-section.module.css'
import { useUpdateProject } from './settings-queries.ts'
import { UnitTypesEditor } from './unit-types-editor.tsx'
import { unitTypeProblem } from './unit-types.ts'
import { useMergedSave } from './use-merged-save.ts'

const ConflictDialog = lazy(async () => ({ default: (await import('../../ui/conflict/conflict-dialog.tsx')).ConflictDialog }))

type Settings = Pick<Project, 'name' | 'unitTypes' | 'bots'>

export function ProjectSection() {
  const project = useProject()
  const permit = usePermit('project.write')
  const name = useSetting(project, 'name', (value) => value)
  const unitTypes = useSetting(project, 'unitTypes', (value) => value.map(({ key, attribute }) => `${key} from ${attribute}`).join(', '))
  const bots = useSetting(project, 'bots', botWords)
  const sound = unitTypes.value.every((_, index) => unitTypeProblem(unitTypes.value, index) === null)
  return (
    <>
      <Panel id="name" title="Name">
        <form className={css.form} noValidate onSubmit={(event) => { event.preventDefault(); void name.save(name.value.trim()).then((saved) => { if (saved) toastDone({ title: `The project is called ${name.value.trim()}` }) }) }}>
          <div className={css.name}>
            <TextInput label="Project name" value={name.value} readOnly={!permit.allowed} error={fieldErrors(name.failure)['name']} onChange={(event) => { name.change(event.currentTarget.value) }} />
            <div><span className={css.label}>Key</span><KeyTag>{project.key}</KeyTag></div>
          </div>
          {name.failure !== null && Object.keys(fieldErrors(name.failure)).length === 0 ? <Notice tone="danger" alert>{messageOf(name.failure)}</Notice> : null}
          <div><PermittedButton permit={permit} type="submit" disabled={permit.allowed && (name.value.trim() === '' || name.value.trim() === project.name)} loading={name.saving} onClick={() => undefined}>Rename project</PermittedButton></div>
        </form>
        {name.dialog('the name of this project', 'Name')}
      </Panel>
      <Panel id="unit-types" title="Unit types">
        <div className={css.form}>
          <p className="soft">What can be bucketed and counted. A person is always one; declare others, such as a company, when a whole company must meet the same variant.</p>
          <UnitTypesEditor value={unitTypes.value} onChange={unitTypes.change} disabled={!permit.allowed} />
          {unitTypes.failure === null ? null : <Notice tone="danger" alert>{messageOf(unitTypes.failure)}</Notice>}
          <div className={css.actions}>
            <PermittedButton permit={permit} disabled={permit.allowed && (!unitTypes.dirty || !sound)} loading={unitTypes.saving} onClick={() => { void unitTypes.save(unitTypes.value).then((saved) => { if (saved) toastDone({ title: 'The unit types are declared' }) }) }}>Save unit types</PermittedButton>
            {unitTypes.dirty ? <Button variant="default" onClick={unitTypes.discard}>Discard</Button> : null}
          </div>
        </div>
        {unitTypes.dialog('the unit types of this project', 'Unit types')}
      </Panel>
      <Panel id="bots" title="Bots">
        <div className={css.form}>
          <p className="soft">Monitors, crawlers and test accounts are no people. Whose attributes pass any of these at the first exposure is left out of results, counted, and held against the split. Experiments seal the list when they start.</p>
          <BotsEditor value={bots.value} onChange={bots.change} disabled={!permit.allowed} errors={fieldErrors(bots.failure)} />
          {bots.failure === null ? null : <Notice tone="danger" alert>{messageOf(bots.failure)}</Notice>}
          {permit.allowed ? (
            <div className={css.actions}>
              <PermittedButton permit={permit} disabled={!bots.dirty || !botsAreSound(bots.value)} loading={bots.saving} onClick={() => { void bots.save(bots.value).then((saved) => { if (saved) toastDone({ title: 'What is a bot is saved', detail: 'Experiments that start from now on seal it.' }) }) }}>Save bots</PermittedButton>
              {bots.dirty ? <Button variant="default" onClick={bots.discard}>Discard</Button> : null}
            </div>
          ) : null}
        </div>
        {bots.dialog('what is a bot in this project', 'Bots')}
      </Panel>
    </>
  )
}

/** One setting while it is edited, on the revision that it was read at. What is not edited follows the project. */
function useSetting<F extends keyof Settings>(project: Project, field: F, words: (value: Settings[F]) => string) {
  const update = useUpdateProject()
  const [edit, setEdit] = useState<{ base: Project; value: Settings[F] }>()
  const base = edit?.base ?? project
  const value = edit?.value ?? project[field]
  const merged = useMergedSave<Pick<Settings, F>>({ fields: [field], write: (basedOn, values) => update.mutateAsync({ basedOn, ...values }), read: (current) => only(current as Project) })
  // The key is the field's own, which a computed key does not say.
  const only = (of: Pick<Settings, F>): Pick<Settings, F> => ({ [field]: of[field] }) as Pick<Settings, F>
  const settled = (saved: boolean) => {
    if (saved) setEdit(undefined)
    return saved
  }
  return {
    value,
    dirty: !sameValue(value, base[field]),
    saving: update.isPending,
    failure: update.error !== null && conflictOf(update.error) === null ? update.error : null,
    change: (next: Settings[F]) => { setEdit({ base, value: next }) },
    discard: () => { setEdit(undefined); update.reset() },
    save: async (next: Settings[F]) => settled(await merged.save(only(base), { [field]: next } as Pick<Settings, F>, base.revision)),
    dialog: (what: string, label: string): ReactNode => (merged.clash === null ? null : (
      <Suspense><ConflictDialog
        what={what}
        changedBy={merged.clash.conflict.changedBy}
        changedAt={merged.clash.conflict.changedAt}
        clashes={[{ field, label, was: words(merged.clash.was[field]), theirs: words(merged.clash.theirs[field]), mine: words(merged.clash.mine[field]) }]}
        saving={update.isPending}
        onCancel={merged.cancelClash}
        onResolve={(kept) => { void merged.resolve(kept).then(settled) }}
      /></Suspense>
    )),
  }
}
