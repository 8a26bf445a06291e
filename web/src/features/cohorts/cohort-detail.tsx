import type { Cohort } from '@assay/server/contract'
import { IconTrash } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { fieldErrors } from '../../api/field-errors.ts'
import { usePermit, useProject, type Permit } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { RecentChanges } from '../../ui/changes/recent-changes.tsx'
import { KeyTag } from '../../ui/key-tag.tsx'
import { Loading } from '../../ui/loading.tsx'
import { messageOf } from '../../ui/message-of.ts'
import { Page } from '../../ui/page.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { cohortWords, movesPeople } from './cohort-changes.ts'
import { CohortEditor } from './cohort-editor.tsx'
import { cohortProblems, definitionOf } from './cohort-form.ts'
import { useDeleteCohort } from './cohorts-queries.ts'
import { touchedFlags } from './reach.ts'
import { UnsavedBar } from './unsaved-bar.tsx'
import { useCohortEdit } from './use-cohort-edit.ts'
import { UsedByPanel } from './used-by-panel.tsx'
import { usesWords } from './uses-words.ts'

const ApplySheet = lazy(async () => ({ default: (await import('./apply-sheet.tsx')).ApplySheet }))
const ConflictDialog = lazy(async () => ({ default: (await import('../../ui/conflict/conflict-dialog.tsx')).ConflictDialog }))
const TypedConfirm = lazy(async () => ({ default: (await import('../../ui/typed-confirm.tsx')).TypedConfirm }))
const SizePanel = lazy(async () => ({ default: (await import('./size-panel.tsx')).SizePanel }))
// The engine comes with it.
const TryOne = lazy(async () => ({ default: (await import('./try-one.tsx')).TryOne }))

/** A cohort: what it is, who uses it, and a place to try it. An edit that touches production is reviewed first. */
export function CohortDetail({ cohort, cohorts }: { cohort: Cohort; cohorts: readonly Cohort[] }) {
  const project = useProject()
  const navigate = useNavigate()
  const permit = usePermit('cohort.write')
  const nameOf = (key: string) => cohorts.find((other) => other.key === key)?.name ?? key
  const edit = useCohortEdit(cohort, nameOf)
  const remove = useDeleteCohort(cohort.key)
  const [reviewing, setReviewing] = useState(false)
  /** The revision that somebody is about to delete. */
  const [deleting, setDeleting] = useState<number>()
  const { form, changes, clash, saving, failure } = edit
  const production = new Set(project.environments.filter((environment) => environment.production).map((environment) => environment.key))
  const touched = movesPeople(changes) ? touchedFlags(cohort.key, cohorts).filter(({ environment }) => production.has(environment)) : []
  const [problem] = cohortProblems(form)
  const errors = fieldErrors(failure)
  const mayDelete: Permit = !permit.allowed || cohort.usedBy.length === 0 ? permit : { allowed: false, why: `It is used by ${usesWords(cohort.usedBy)}. Take it out there first.` }

  const done = () => {
    setReviewing(false)
    toastDone({ title: `${form.name.trim()} is saved`, detail: touched.length === 0 ? 'It counts from the next ruleset on.' : 'It is live in production.' })
  }
  return (
    <>
      <Page
        title={cohort.name}
        meta={<><KeyTag>{cohort.key}</KeyTag><span>Revision {cohort.revision}</span><span>Changed <Ago at={cohort.changedAt} /> by {cohort.changedBy}</span></>}
        actions={<PermittedButton permit={mayDelete} variant="default" leftSection={<IconTrash size={14} />} onClick={() => { setDeleting(cohort.revision) }}>Delete</PermittedButton>}
      >
        <div className="columns">
          <div><CohortEditor form={form} onChange={edit.change} cohorts={cohorts.filter(({ key }) => key !== cohort.key)} errors={errors} disabled={!permit.allowed} /></div>
          <div>
            <Suspense fallback={<Loading rows={3} />}><SizePanel cohortKey={cohort.key} form={form} /></Suspense>
            <Suspense fallback={<Loading rows={2} />}><TryOne cohortKey={cohort.key} form={form} cohorts={cohorts} /></Suspense>
            <UsedByPanel usedBy={cohort.usedBy} />
            <RecentChanges kind="cohort" of={cohort.key} />
          </div>
        </div>
        {changes.length === 0 ? null : (
          <UnsavedBar
            changes={changes.length}
            problem={problem ?? (failure === null || reviewing ? null : messageOf(failure))}
            touched={touched.length}
            permit={permit}
            saving={saving}
            onDiscard={edit.discard}
            onSave={() => {
              if (problem !== undefined) return
              if (touched.length === 0) edit.apply('', done)
              else setReviewing(true)
            }}
          />
        )}
      </Page>
      {reviewing && clash === null ? <Suspense><ApplySheet name={cohort.name} changes={changes} touched={touched} failure={failure} saving={saving} onClose={() => { setReviewing(false) }} onApply={(reason) => { edit.apply(reason, done) }} /></Suspense> : null}
      {clash === null ? null : (
        <Suspense><ConflictDialog
          what={`the cohort ${cohort.name}`}
          changedBy={clash.theirs.changedBy}
          changedAt={clash.theirs.changedAt}
          clashes={clash.fields.map((field) => ({ field, label: cohortWords[field].label, was: cohortWords[field].show(clash.was, nameOf), theirs: cohortWords[field].show(definitionOf(clash.theirs), nameOf), mine: cohortWords[field].show(clash.mine, nameOf) }))}
          saving={saving}
          onCancel={edit.cancelClash}
          onResolve={(mine) => { edit.resolve(mine, done) }}
        /></Suspense>
      )}
      {deleting !== undefined ? (
        <Suspense><TypedConfirm
          title={`Delete ${cohort.name}`}
          word={cohort.key}
          action="Delete cohort"
          busy={remove.isPending}
          onCancel={() => { setDeleting(undefined) }}
          onConfirm={() => {
            remove.mutate(deleting, {
              onSuccess: () => {
                toastDone({ title: `${cohort.name} is deleted` })
                void navigate({ to: '/p/$project/cohorts', params: { project: project.key } })
              },
              onError: (error) => { setDeleting(undefined); toastFailed(`${cohort.name} is still there`, error) },
            })
          }}
        >
          Nothing refers to it. Its definition and its lists are gone for good; the audit log keeps what they were.
        </TypedConfirm></Suspense>
      ) : null}
    </>
  )
}
