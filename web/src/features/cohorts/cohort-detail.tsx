import type { Cohort } from '@assay/server/contract'
import { IconTrash } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { fieldErrors } from '../../api/field-errors.ts'
import { usePermit, useProject, type Permit } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { RecentChanges } from '../../ui/changes/recent-changes.tsx'
import { ConflictDialog } from '../../ui/conflict/conflict-dialog.tsx'
import { KeyTag } from '../../ui/key-tag.tsx'
import { messageOf } from '../../ui/message-of.ts'
import { Page } from '../../ui/page.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { TypedConfirm } from '../../ui/typed-confirm.tsx'
import { ApplySheet } from './apply-sheet.tsx'
import { cohortWords, movesPeople } from './cohort-changes.ts'
import { CohortEditor } from './cohort-editor.tsx'
import { cohortProblems, definitionOf } from './cohort-form.ts'
import { useDeleteCohort } from './cohorts-queries.ts'
import { touchedFlags } from './reach.ts'
import { TryOne } from './try-one.tsx'
import { UnsavedBar } from './unsaved-bar.tsx'
import { useCohortEdit } from './use-cohort-edit.ts'
import { UsedByPanel } from './used-by-panel.tsx'
import { usesWords } from './uses-words.ts'

/** A cohort: what it is, who uses it, and a place to try it. An edit that touches production is reviewed first. */
export function CohortDetail({ cohort, cohorts }: { cohort: Cohort; cohorts: readonly Cohort[] }) {
  const project = useProject()
  const navigate = useNavigate()
  const permit = usePermit('cohort.write')
  const nameOf = (key: string) => cohorts.find((other) => other.key === key)?.name ?? key
  const edit = useCohortEdit(cohort, nameOf)
  const remove = useDeleteCohort(cohort.key)
  const [reviewing, setReviewing] = useState(false)
  const [deleting, setDeleting] = useState(false)
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
        actions={<PermittedButton permit={mayDelete} variant="default" leftSection={<IconTrash size={14} />} onClick={() => { setDeleting(true) }}>Delete</PermittedButton>}
      >
        <div className="columns">
          <div><CohortEditor form={form} onChange={edit.change} cohorts={cohorts.filter(({ key }) => key !== cohort.key)} errors={errors} disabled={!permit.allowed} /></div>
          <div>
            <TryOne cohortKey={cohort.key} form={form} cohorts={cohorts} />
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
      {reviewing && clash === null ? <ApplySheet name={cohort.name} changes={changes} touched={touched} failure={failure} saving={saving} onClose={() => { setReviewing(false) }} onApply={(reason) => { edit.apply(reason, done) }} /> : null}
      {clash === null ? null : (
        <ConflictDialog
          what={`the cohort ${cohort.name}`}
          changedBy={clash.theirs.changedBy}
          changedAt={clash.theirs.changedAt}
          clashes={clash.fields.map((field) => ({ field, label: cohortWords[field].label, was: cohortWords[field].show(clash.was, nameOf), theirs: cohortWords[field].show(definitionOf(clash.theirs), nameOf), mine: cohortWords[field].show(clash.mine, nameOf) }))}
          saving={saving}
          onCancel={edit.cancelClash}
          onResolve={(mine) => { edit.resolve(mine, done) }}
        />
      )}
      {deleting ? (
        <TypedConfirm
          title={`Delete ${cohort.name}`}
          word={cohort.key}
          action="Delete cohort"
          busy={remove.isPending}
          onCancel={() => { setDeleting(false) }}
          onConfirm={() => {
            remove.mutate(undefined, {
              onSuccess: () => {
                toastDone({ title: `${cohort.name} is deleted` })
                void navigate({ to: '/p/$project/cohorts', params: { project: project.key } })
              },
              onError: (error) => { setDeleting(false); toastFailed(`${cohort.name} is still there`, error) },
            })
          }}
        >
          Nothing refers to it. Its definition and its lists are gone for good; the audit log keeps what they were.
        </TypedConfirm>
      ) : null}
    </>
  )
}
