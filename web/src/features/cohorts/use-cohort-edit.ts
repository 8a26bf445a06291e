import type { Cohort } from '@assay/server/contract'
import { useState } from 'react'
import { conflictOf } from '../../ui/conflict/conflict-of.ts'
import { mergeEdits } from '../../ui/conflict/merge-edits.ts'
import { toastDone } from '../../ui/toast.tsx'
import { cohortChanges } from './cohort-changes.ts'
import { cohortFields, cohortToForm, definitionOf, formToCohort, type CohortDefinition, type CohortForm } from './cohort-form.ts'
import { useSaveCohort } from './cohorts-queries.ts'

/** Both sides of a save that somebody else's came before. */
export interface CohortClash {
  was: CohortDefinition
  theirs: Cohort
  mine: CohortDefinition
  fields: (typeof cohortFields)[number][]
  reason: string
}

/** An edit of a cohort on the revision it was based on. */
export function useCohortEdit(cohort: Cohort, nameOf: (key: string) => string) {
  const [base, setBase] = useState(cohort)
  const [form, setForm] = useState<CohortForm>(() => cohortToForm(cohort))
  const [clash, setClash] = useState<CohortClash | null>(null)
  const save = useSaveCohort(cohort.key)
  const changes = cohortChanges(definitionOf(base), formToCohort(form), nameOf)
  // Nothing was edited here, so what somebody else saved is simply shown.
  if (cohort.revision > base.revision && changes.length === 0) {
    setBase(cohort)
    setForm(cohortToForm(cohort))
  }

  function write(definition: CohortDefinition, was: Cohort, basedOn: number, reason: string, done: () => void): void {
    save.mutate({ basedOn, ...definition, ...(reason === '' ? {} : { reason }) }, {
      onSuccess: (saved) => {
        setBase(saved)
        setForm(cohortToForm(saved))
        done()
      },
      onError: (error) => {
        // The contract says what stands now is the cohort itself; its uses are those it had.
        const current = conflictOf(error)?.current as Cohort | undefined
        if (!current) return
        const theirs: Cohort = { ...current, usedBy: was.usedBy }
        const { merged, clashes } = mergeEdits(definitionOf(was), definitionOf(theirs), definition, cohortFields)
        if (clashes.length > 0) {
          setClash({ was: definitionOf(was), theirs, mine: definition, fields: clashes, reason })
          return
        }
        toastDone({ title: `${theirs.changedBy} saved while you were editing`, detail: 'Both edits are kept.' })
        write(merged, theirs, theirs.revision, reason, done)
      },
    })
  }

  return {
    form, changes, clash, base,
    saving: save.isPending,
    failure: save.error !== null && conflictOf(save.error) === null ? save.error : null,
    change: (part: Partial<CohortForm>) => { setForm((before) => ({ ...before, ...part })) },
    discard: () => { setForm(cohortToForm(base)); save.reset() },
    apply: (reason: string, done: () => void) => { write(formToCohort(form), base, base.revision, reason, done) },
    cancelClash: () => { setClash(null) },
    /** Writes what a person chose where two edits clash. */
    resolve: (keptMine: ReadonlySet<string>, done: () => void) => {
      if (!clash) return
      const { merged } = mergeEdits(clash.was, definitionOf(clash.theirs), clash.mine, cohortFields)
      const chosen = { ...merged, ...Object.fromEntries(clash.fields.filter((field) => keptMine.has(field)).map((field) => [field, clash.mine[field]])) }
      setClash(null)
      write(chosen, clash.theirs, clash.theirs.revision, clash.reason, done)
    },
  }
}
