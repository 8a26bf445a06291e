import { type ExperimentSummary, type Hypothesis, lintHypothesis, sealingOf } from '@assay/server/contract'
import { Button } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState, type FormEvent } from 'react'
import { usePermit, useProject } from '../../api/project.ts'
import { Loading } from '../../ui/loading.tsx'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import type { Blocker } from './blockers-of.ts'
import type { Choices } from './choices.ts'
import { clashRows } from './clash-rows.ts'
import { type DraftForm, formToDraft } from './draft-form.ts'
import { PreviewPanel } from './preview-panel.tsx'
import { emptySetup, setupToForm } from './setup-form.ts'
import { writingAdvice } from './shown-advice.ts'
import { SimilarPanel } from './similar-panel.tsx'
import { StepList } from './step-list.tsx'
import { useNames } from './use-names.ts'
import { useWizard } from './use-wizard.ts'
import css from './wizard.module.css'
import { stepAfter, stepFor, steps, type StepId } from './wizard-steps.ts'

// Each step comes when it is asked: the fields of one are not those of the next.
const BelieveStep = lazy(async () => ({ default: (await import('./believe-step.tsx')).BelieveStep }))
const ConflictDialog = lazy(async () => ({ default: (await import('../../ui/conflict/conflict-dialog.tsx')).ConflictDialog }))
const DecideStep = lazy(async () => ({ default: (await import('./decide-step.tsx')).DecideStep }))
const ExposeStep = lazy(async () => ({ default: (await import('./expose-step.tsx')).ExposeStep }))
const MeasureStep = lazy(async () => ({ default: (await import('./measure-step.tsx')).MeasureStep }))
const ReviewStep = lazy(async () => ({ default: (await import('./review-step.tsx')).ReviewStep }))
const StartDialog = lazy(async () => ({ default: (await import('./start-dialog.tsx')).StartDialog }))

interface Props {
  step: StepId
  hypothesis: Hypothesis | null
  /** What a new plan begins with. */
  start?: DraftForm | undefined
  /** Experiments of the hypothesis, newest first. */
  experiments: readonly ExperimentSummary[]
  choices: Choices
}

const leads: Record<StepId, string> = {
  believe: 'One change, for some people, for a reason. Anything may stay open; you can save at every step.',
  measure: 'One metric decides. Say how much is worth having before you see a number.',
  expose: 'The smallest useful group of people, beside a control group at the same time.',
  decide: 'The rule, the limits and the decider are part of the plan, and are sealed with it.',
  review: 'Read it once more as others will read it. Sealing makes the plan final.',
}

/** Writes a plan, question by question, and ends by sealing it. */
export function Wizard({ step, hypothesis, start, experiments, choices }: Props) {
  const project = useProject()
  const navigate = useNavigate()
  const mayWrite = usePermit('hypothesis.write')
  const mayDraft = usePermit('experiment.write')
  const mayRun = usePermit('experiment.run')
  const names = useNames()
  const drafted = experiments.find((experiment) => experiment.status === 'draft') ?? null
  const running = experiments.find((experiment) => experiment.status === 'running')?.key ?? null
  const [starting, setStarting] = useState(false)
  const [blockers, setBlockers] = useState<Blocker[]>([])
  const production = project.environments.find((environment) => environment.production) ?? project.environments[0]
  const wizard = useWizard({
    hypothesis,
    form: start,
    drafted,
    mayDraft: mayDraft.allowed && running === null,
    setup: drafted
      ? setupToForm(drafted, choices.flags.find((flag) => flag.key === drafted.flag)?.variants.map((variant) => variant.key) ?? [])
      : emptySetup(production?.key ?? '', project.unitTypes[0]?.key ?? 'user'),
  })
  const { held, saving, planChanged, setupChanged, errors, failure, clashing } = wizard
  const elsewhere = Object.keys(errors).map(stepFor).find((other) => other !== step)

  const show = (key: string, next: StepId) => navigate({ to: '/p/$project/hypotheses/$hypothesis/edit', params: { project: project.key, hypothesis: key }, search: { step: next } })
  const close = (key: string | undefined) => navigate(key === undefined ? { to: '/p/$project/hypotheses', params: { project: project.key } } : { to: '/p/$project/hypotheses/$hypothesis', params: { project: project.key, hypothesis: key } })
  /** Nothing that was typed is lost by going elsewhere: it is saved first. */
  const go = async (next: StepId) => {
    if (!mayWrite.allowed || (!planChanged && !setupChanged)) {
      if (held) await show(held.key, next)
      return
    }
    const saved = await wizard.save()
    if (saved) await show(saved.hypothesis.key, next)
  }
  const saveAndClose = async () => {
    if (!planChanged && !setupChanged) return close(held?.key)
    const saved = await wizard.save()
    if (!saved) return
    toastDone({ title: `${saved.hypothesis.key} is saved`, detail: saved.hypothesis.missing.length === 0 ? 'The plan is complete.' : 'What is open can be filled in later.' })
    await close(saved.hypothesis.key)
  }
  const seal = async () => {
    const saved = await wizard.save()
    if (!saved) return
    const { missing } = saved.hypothesis
    setBlockers(missing.length === 0 ? [] : [{ id: 'hypothesis', label: 'The hypothesis is complete', state: 'blocker', evidence: missing.map(({ message }) => message).join(' ') }])
    setStarting(saved.experiment !== null && missing.length === 0)
  }

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    // React also hands on the submit of a dialog that a step has opened.
    if (event.target === event.currentTarget && step !== 'review') void go(stepAfter(step))
  }

  const current = steps.find(({ id }) => id === step)
  const advice = writingAdvice(lintHypothesis(formToDraft(wizard.form), choices.metrics), held !== null)
  const body = {
    believe: <BelieveStep wizard={wizard} choices={choices} advice={advice} />,
    measure: <MeasureStep wizard={wizard} choices={choices} advice={advice} />,
    expose: <ExposeStep wizard={wizard} choices={choices} locked={running} />,
    decide: <DecideStep wizard={wizard} choices={choices} advice={advice} />,
    review: <ReviewStep wizard={wizard} names={names} blockers={blockers} />,
  }[step]
  return (
    <div className={css.layout} data-step={step}>
      <div className={css.steps}><StepList current={step} missing={held?.missing ?? null} onGo={(next) => { void go(next) }} /></div>
      <form className={css.form} noValidate onSubmit={submit}>
        <h2 className={css.question}>{current?.question}</h2>
        <p className={css.lead}>{leads[step]}</p>
        {mayWrite.allowed ? null : <Notice icon={<IconLock size={16} aria-hidden />}>You may read this plan. {mayWrite.why}</Notice>}
        {failure !== null && Object.keys(errors).length === 0 ? <Notice tone="danger" alert>{messageOf(failure)} Your text is kept here.</Notice> : null}
        {elsewhere === undefined ? null : <Notice tone="danger" alert>Not saved: look at {steps.find(({ id }) => id === elsewhere)?.name}. {Object.values(errors).join(' ')}</Notice>}
        {running !== null && step !== 'expose' ? <Notice>{running} runs with the plan as it was sealed. What you change here does not change its verdict; it is shown there as a deviation.</Notice> : null}
        <Suspense fallback={<Loading rows={3} />}>{body}</Suspense>
        <div className={css.actions}>
          <Button variant="default" onClick={() => { void close(held?.key) }}>{planChanged || setupChanged ? 'Discard' : 'Close'}</Button>
          <span className="grow" />
          {step === 'review' ? (
            <>
              {wizard.drafted === null ? null : <Button variant="default" onClick={() => { void navigate({ to: '/p/$project/experiments/$experiment', params: { project: project.key, experiment: wizard.drafted?.key ?? '' } }) }}>Open {wizard.drafted.key}</Button>}
              <PermittedButton permit={mayRun} loading={saving} onClick={() => { void seal() }}>Seal and start</PermittedButton>
            </>
          ) : (
            <>
              <PermittedButton permit={mayWrite} variant="default" loading={saving} onClick={() => { void saveAndClose() }}>Save and close</PermittedButton>
              <PermittedButton permit={mayWrite} type="submit" loading={saving} onClick={() => undefined}>{setupChanged && wizard.drafted === null ? 'Create experiment and continue' : planChanged || setupChanged ? 'Save and continue' : 'Continue'}</PermittedButton>
            </>
          )}
        </div>
      </form>
      {step === 'review' ? null : <aside className={css.preview} aria-label="Preview"><PreviewPanel wizard={wizard} names={names} missing={held?.missing ?? null} />{step === 'believe' ? <SimilarPanel form={wizard.form} own={held?.key ?? null} /> : null}</aside>}
      {clashing === null ? null : (
        <Suspense><ConflictDialog
          what={clashing.kind === 'plan' ? 'this plan' : 'the exposure of this plan'}
          changedBy={clashing.conflict.changedBy}
          changedAt={clashing.conflict.changedAt}
          clashes={clashRows(clashing, names)}
          saving={saving}
          onCancel={wizard.cancelClash}
          onResolve={(mine) => { void wizard.resolve(mine).then((saved) => (saved ? show(saved.hypothesis.key, step) : undefined)) }}
        /></Suspense>
      )}
      {starting && wizard.drafted !== null && held !== null ? (
        <Suspense><StartDialog
          title={held.title}
          experiment={wizard.drafted}
          onClose={() => { setStarting(false) }}
          onLate={wizard.takeNewest}
          onBlocked={(found) => { setStarting(false); setBlockers(found) }}
          start={async (reason) => {
            const started = await wizard.start(wizard.drafted?.key ?? '', wizard.drafted?.revision ?? 0, sealingOf(held, choices.metrics, choices.cohorts), reason)
            toastDone({ title: `${started.key} runs`, detail: 'Its plan is sealed.' })
            await navigate({ to: '/p/$project/experiments/$experiment', params: { project: project.key, experiment: started.key } })
          }}
        /></Suspense>
      ) : null}
    </div>
  )
}
