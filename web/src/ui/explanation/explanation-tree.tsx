import { IconCheck, IconHelp, IconX } from '@tabler/icons-react'
import css from './explanation-tree.module.css'

const marks = {
  true: { icon: <IconCheck size={13} aria-hidden />, words: 'true' },
  false: { icon: <IconX size={13} aria-hidden />, words: 'false' },
  unknown: { icon: <IconHelp size={13} aria-hidden />, words: 'cannot be said' },
} as const

interface Step {
  text: string
  outcome: 'true' | 'false' | 'unknown'
  steps: readonly Step[]
}

/** What was looked at, part by part, with what each came to. */
export function ExplanationTree({ steps }: { steps: readonly Step[] }) {
  if (steps.length === 0) return null
  return (
    <ul className={css.tree}>
      {steps.map((step, index) => (
        <li key={index}>
          <span className={css.step} data-outcome={step.outcome}>{marks[step.outcome].icon}<span>{step.text}<span className="sr">: {marks[step.outcome].words}</span></span></span>
          <ExplanationTree steps={step.steps} />
        </li>
      ))}
    </ul>
  )
}
