import { type ExperimentDetail, type ExperimentSetup, type ExperimentSummary, type Hypothesis, type HypothesisDraft, type RevisionConflict, sameValue, setupOf, draftOf } from '@assay/server/contract'
import { useState } from 'react'
import { fieldErrors } from '../../api/field-errors.ts'
import { conflictOf } from '../../ui/conflict/conflict-of.ts'
import { mergeEdits } from '../../ui/conflict/merge-edits.ts'
import { setupFieldNames } from '../../ui/plan/setup-words.ts'
import { toastDone } from '../../ui/toast.tsx'
import { draftToForm, emptyForm, formToDraft, type DraftForm } from './draft-form.ts'
import { usePlanWrites } from './hypotheses-queries.ts'
import { draftFields } from './plan-fields.ts'
import { formToSetup, setupToForm, type SetupForm } from './setup-form.ts'

interface Start {
  hypothesis: Hypothesis | null
  /** What a new plan begins with; nothing unless told. */
  form: DraftForm | undefined
  /** The experiment that is still a draft, where there is one. */
  drafted: ExperimentSummary | null
  setup: SetupForm
  mayDraft: boolean
}

/** Both sides of a save that somebody else's came before. */
export type Clashing =
  | { kind: 'plan'; was: HypothesisDraft; theirs: HypothesisDraft; mine: HypothesisDraft; fields: (keyof HypothesisDraft)[]; conflict: RevisionConflict }
  | { kind: 'setup'; was: ExperimentSetup; theirs: ExperimentSetup; mine: ExperimentSetup; fields: (keyof ExperimentSetup)[]; conflict: RevisionConflict }

export interface Saved {
  hypothesis: Hypothesis
  experiment: Drafted | null
}

type Drafted = Pick<ExperimentDetail, 'key' | 'revision'> & ExperimentSetup

/** The state of a plan while it is written: what is typed, what the server holds, and how the two are brought together. */
export function useWizard(start: Start) {
  const writes = usePlanWrites()
  const [form, setForm] = useState<DraftForm>(start.hypothesis ? draftToForm(draftOf(start.hypothesis)) : (start.form ?? emptyForm))
  const [setup, setSetup] = useState(start.setup)
  const [held, setHeld] = useState(start.hypothesis)
  const [drafted, setDrafted] = useState<Drafted | null>(start.drafted)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [failure, setFailure] = useState<unknown>(null)
  const [clashing, setClashing] = useState<Clashing | null>(null)
  const [saving, setSaving] = useState(false)

  const wanted = start.mayDraft ? formToSetup(setup) : null
  const planChanged = held === null || !sameValue(formToDraft(form), draftOf(held))
  const setupChanged = wanted !== null && (drafted === null || !sameValue(wanted, setupOf(drafted)))

  async function writePlan(draft: HypothesisDraft, based: Hypothesis | null, basedOn: number | undefined): Promise<Hypothesis | null> {
    if (based === null || basedOn === undefined) return writes.create(draft)
    try {
      return await writes.save(based.key, basedOn, draft)
    } catch (error) {
      const conflict = conflictOf(error)
      if (!conflict) throw error
      // The contract says what stands now is the hypothesis itself.
      const theirs = draftOf(conflict.current as Hypothesis)
      const was = draftOf(based)
      const { merged, clashes } = mergeEdits(was, theirs, draft, draftFields)
      if (clashes.length > 0) {
        setClashing({ kind: 'plan', was, theirs, mine: draft, fields: clashes, conflict })
        return null
      }
      tellMerged(conflict)
      return writePlan(merged, { ...based, ...theirs }, conflict.currentRevision)
    }
  }

  async function writeSetup(hypothesis: string, asked: ExperimentSetup, based: Drafted | null, basedOn: number | undefined): Promise<Drafted | null> {
    if (based === null || basedOn === undefined) return writes.draftExperiment(hypothesis, asked)
    try {
      return await writes.saveExperiment(based.key, basedOn, asked)
    } catch (error) {
      const conflict = conflictOf(error)
      if (!conflict) throw error
      const theirs = setupOf(conflict.current as ExperimentSetup)
      const was = setupOf(based)
      const { merged, clashes } = mergeEdits(was, theirs, asked, setupFieldNames)
      if (clashes.length > 0) {
        setClashing({ kind: 'setup', was, theirs, mine: asked, fields: clashes, conflict })
        return null
      }
      tellMerged(conflict)
      return writeSetup(hypothesis, merged, { ...based, ...theirs }, conflict.currentRevision)
    }
  }

  function tellMerged({ changedBy }: RevisionConflict): void {
    toastDone({ title: `${changedBy ?? 'Somebody'} saved while you were writing`, detail: 'Both edits are kept.' })
  }

  async function attempt(plan: () => Promise<Hypothesis | null>, exposure: (hypothesis: Hypothesis) => Promise<Drafted | null>): Promise<Saved | null> {
    setSaving(true)
    setErrors({})
    setFailure(null)
    try {
      const hypothesis = await plan()
      if (!hypothesis) return null
      setHeld(hypothesis)
      setForm(draftToForm(draftOf(hypothesis)))
      const needed = start.mayDraft ? await exposure(hypothesis) : drafted
      if (!needed) return { hypothesis, experiment: null }
      setDrafted(needed)
      setSetup(setupToForm(setupOf(needed), setup.arms.map((arm) => arm.variant)))
      if (drafted !== null) return { hypothesis, experiment: needed }
      // A drafted experiment answers what the plan lacked.
      const answered = await writes.reread(hypothesis.key)
      setHeld(answered)
      return { hypothesis: answered, experiment: needed }
    } catch (error) {
      const fields = Object.fromEntries(Object.entries(fieldErrors(error)).map(([path, message]) => [path.replace(/^draft\.|^setup\./, ''), message]))
      setErrors(fields)
      setFailure(error)
      return null
    } finally {
      setSaving(false)
    }
  }

  /** Writes what changed, plan first. Null where something is in the way: the reason is then in the state. */
  function save(): Promise<Saved | null> {
    const draft = formToDraft(form)
    if (draft.title === '') {
      setErrors({ title: 'Give it a name.' })
      return Promise.resolve(null)
    }
    return attempt(
      async () => (planChanged ? writePlan(draft, held, held?.revision) : held),
      async (hypothesis) => (setupChanged ? writeSetup(hypothesis.key, wanted, drafted, drafted?.revision) : drafted),
    )
  }

  /** Writes what a person chose where two edits clash. */
  async function resolve(keptMine: ReadonlySet<string>): Promise<Saved | null> {
    const clash = clashing
    if (!clash || !held) return null
    setClashing(null)
    const exposure = async (hypothesis: Hypothesis) => {
      if (clash.kind === 'plan') return setupChanged ? writeSetup(hypothesis.key, wanted, drafted, drafted?.revision) : drafted
      const { merged } = mergeEdits(clash.was, clash.theirs, clash.mine, setupFieldNames)
      return writeSetup(hypothesis.key, chosen(merged, clash.mine, clash.fields, keptMine), { ...clash.theirs, key: drafted?.key ?? '', revision: clash.conflict.currentRevision }, clash.conflict.currentRevision)
    }
    if (clash.kind === 'setup') return attempt(() => Promise.resolve(held), exposure)
    const { merged } = mergeEdits(clash.was, clash.theirs, clash.mine, draftFields)
    return attempt(() => writePlan(chosen(merged, clash.mine, clash.fields, keptMine), { ...held, ...clash.theirs }, clash.conflict.currentRevision), exposure)
  }

  /** Shows the plan as others have left it. Only for a plan that is saved: what is typed is replaced. */
  async function takeNewest(): Promise<void> {
    if (!held) return
    const [hypothesis, experiment] = await Promise.all([writes.reread(held.key), drafted ? writes.rereadExperiment(drafted.key) : null, writes.rereadParts()])
    setHeld(hypothesis)
    setForm(draftToForm(draftOf(hypothesis)))
    if (!experiment) return
    setDrafted(experiment)
    setSetup(setupToForm(setupOf(experiment), setup.arms.map((arm) => arm.variant)))
  }

  return {
    form, setup, held, drafted, errors, failure, clashing, saving, planChanged, setupChanged, save, resolve,
    change: (part: Partial<DraftForm>) => { setForm((before) => ({ ...before, ...part })) },
    changeSetup: setSetup,
    cancelClash: () => { setClashing(null) },
    start: writes.start,
    takeNewest,
    createFlag: writes.createFlag,
  }
}

export type Wizard = ReturnType<typeof useWizard>

function chosen<T extends object, F extends keyof T & string>(merged: T, mine: T, fields: readonly F[], keptMine: ReadonlySet<string>): T {
  const result = { ...merged }
  for (const field of fields) if (keptMine.has(field)) result[field] = mine[field]
  return result
}
