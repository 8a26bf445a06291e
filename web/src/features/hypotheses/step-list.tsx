import { IconCheck } from '@tabler/icons-react'
import type { Hypothesis } from '@assay/server/contract'
import css from './step-list.module.css'
import { stepFor, steps, type StepId } from './wizard-steps.ts'

interface Props {
  current: StepId
  /** What is left as the server last said; null before the first save. */
  missing: Hypothesis['missing'] | null
  onGo: (step: StepId) => void
}

/** The steps of the wizard, each with what is still open in it. */
export function StepList({ current, missing, onGo }: Props) {
  return (
    <nav aria-label="Steps of the plan">
      <ol className={css.steps}>
        {steps.map(({ id, name }, index) => {
          const open = missing === null || id === 'review' ? null : missing.filter(({ field }) => stepFor(field) === id).length
          return (
            <li key={id}>
              <button type="button" aria-current={id === current ? 'step' : undefined} onClick={() => { onGo(id) }}>
                <span className={css.mark} data-done={open === 0}>{open === 0 ? <IconCheck size={13} stroke={2.4} aria-hidden /> : index + 1}</span>
                <span><b>{name}</b><small>{open === null ? (id === 'review' ? 'The whole plan' : '') : open === 0 ? 'Done' : `${open} open`}</small></span>
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
