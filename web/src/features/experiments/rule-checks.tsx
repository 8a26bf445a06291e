import type { Verdict } from '@assay/server/contract'
import { IconCheck, IconCircleDashed, IconX } from '@tabler/icons-react'
import { date } from '../../ui/format.ts'
import css from './rule-checks.module.css'

interface Props {
  checks: Verdict['checks']
  sealedAt: string | null
  /** Labels of checks that do not hold and are what the verdict is about. */
  alarming: ReadonlySet<string>
  /** Under the sentence instead of beside it. */
  below: boolean
}

/** The sealed rule: what it asks, whether that holds, and the evidence. */
export function RuleChecks({ checks, sealedAt, alarming, below }: Props) {
  return (
    <div className={below ? `${css.rule} ${css.below}` : css.rule}>
      <h3>Decision rule{sealedAt === null ? '' : `, sealed on ${date(sealedAt)}`}</h3>
      <ul>
        {checks.map(({ label, holds, evidence }, index) => (
          <li key={label}>
            <Tick holds={holds} alarming={alarming.has(label)} />
            <span>{label}</span>
            {evidence === checks[index - 1]?.evidence ? null : <small>{evidence}</small>}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Tick({ holds, alarming }: { holds: boolean | null; alarming: boolean }) {
  if (holds === true) return <IconCheck size={16} className={css.yes} role="img" aria-label="Holds" />
  if (holds === false) return <IconX size={16} className={alarming ? css.no : css.open} role="img" aria-label="Does not hold" />
  return <IconCircleDashed size={16} className={css.open} role="img" aria-label="Not known yet" />
}
