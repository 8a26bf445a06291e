import { TextInput } from '@mantine/core'
import { keyOfName } from '@assay/server/contract'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { fieldErrors } from '../../api/field-errors.ts'
import { cohortsQuery } from '../../api/project-queries.ts'
import { usePermit, useProject } from '../../api/project.ts'
import { Failure } from '../../ui/failure.tsx'
import { Loading } from '../../ui/loading.tsx'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { Top } from '../../ui/top.tsx'
import { CohortEditor } from './cohort-editor.tsx'
import { cohortProblems, emptyCohort, formToCohort } from './cohort-form.ts'
import { useCreateCohort } from './cohorts-queries.ts'

const SizePanel = lazy(async () => ({ default: (await import('./size-panel.tsx')).SizePanel }))
// The engine comes with it.
const TryOne = lazy(async () => ({ default: (await import('./try-one.tsx')).TryOne }))

export function NewCohortPage() {
  const project = useProject()
  const navigate = useNavigate()
  const permit = usePermit('cohort.write')
  const cohorts = useQuery(cohortsQuery(project.key))
  const create = useCreateCohort()
  const [form, setForm] = useState(() => emptyCohort(project.unitTypes[0]?.key ?? 'user'))
  const [typedKey, setTypedKey] = useState('')
  const [problems, setProblems] = useState<string[]>([])
  const key = typedKey.trim() === '' ? keyOfName(form.name) : typedKey.trim()
  const errors = fieldErrors(create.error)
  const crumbs = [{ label: project.name, to: `/p/${project.key}` }, { label: 'Cohorts', to: `/p/${project.key}/cohorts` }, { label: 'New cohort' }]

  const submit = () => {
    const found = [...cohortProblems(form), ...(form.name.trim() !== '' && key === '' ? ['Type a key of letters and digits.'] : [])]
    setProblems(found)
    if (found.length > 0) return
    create.mutate({ key, ...formToCohort(form) }, {
      onSuccess: (cohort) => {
        toastDone({ title: `${cohort.name} is there`, detail: 'Flags and hypotheses can ask for it.' })
        void navigate({ to: '/p/$project/cohorts/$cohort', params: { project: project.key, cohort: cohort.key } })
      },
    })
  }
  return (
    <>
      <Top crumbs={crumbs} />
      <Page title="New cohort" lead="Say who belongs by what is known about them, list them, or both." actions={<PermittedButton permit={permit} loading={create.isPending} onClick={submit}>Create cohort</PermittedButton>}>
        {cohorts.error ? <Failure error={cohorts.error} onRetry={() => { void cohorts.refetch() }} /> : !cohorts.data ? <Loading /> : (
          <div className="columns">
            <div>
              {problems.length === 0 && (create.error === null || Object.keys(errors).length > 0) ? null : <div style={{ marginBottom: 16 }}><Notice tone="danger" alert>{problems.length > 0 ? problems.join(' ') : messageOf(create.error)}</Notice></div>}
              <CohortEditor
                form={form}
                onChange={(part) => { setForm({ ...form, ...part }) }}
                cohorts={cohorts.data.cohorts}
                errors={errors}
                disabled={!permit.allowed}
                keyField={<TextInput label="Key" description="Rules call it this. It stays for good." placeholder={keyOfName(form.name)} error={errors['key']} value={typedKey} onChange={(event) => { setTypedKey(event.currentTarget.value) }} styles={{ input: { fontFamily: 'var(--mono)' } }} />}
              />
            </div>
            <div>
              <Suspense fallback={<Loading rows={3} />}><SizePanel form={form} /></Suspense>
              <Suspense fallback={<Loading rows={2} />}><TryOne cohortKey={key === '' ? 'new' : key} form={form} cohorts={cohorts.data.cohorts} /></Suspense>
            </div>
          </div>
        )}
      </Page>
    </>
  )
}
