import type { Hypothesis } from '@assay/server/contract'
import { IconMessageQuestion } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useProjectKey } from '../../api/project.ts'
import { Panel } from '../../ui/panel.tsx'
import css from './advice-panel.module.css'
import { readingAdvice } from './shown-advice.ts'
import { stepFor } from './wizard-steps.ts'

/** What a careful reader would ask about a plan that can still be changed. */
export function AdvicePanel({ hypothesis }: { hypothesis: Hypothesis }) {
  const project = useProjectKey()
  const advice = readingAdvice(hypothesis)
  if (advice.length === 0 || hypothesis.level > 1) return null
  return (
    <Panel title="A careful reader would ask">
      <ul className={css.advice}>
        {advice.map(({ field, code, message }) => (
          <li key={`${field} ${code}`}>
            <IconMessageQuestion size={16} aria-hidden />
            <span>{message} <Link to="/p/$project/hypotheses/$hypothesis/edit" params={{ project, hypothesis: hypothesis.key }} search={{ step: stepFor(field) }}>Change it<span className="sr">: {message}</span></Link></span>
          </li>
        ))}
      </ul>
      <p className={css.foot}>None of this keeps it from starting.</p>
    </Panel>
  )
}
