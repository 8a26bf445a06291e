import type { Verdict } from '@assay/server/contract'
import { IconCheck, IconCircleDashed, IconX } from '@tabler/icons-react'
import { date } from '../../ui/format.ts'
import css from './rule-checks.module.css'

/** The sealed rule: what it asks, whether that holds, and the evidence. */
export function RuleChecks({ checks, sealedAt }: { checks: Verdict['checks']; sealedAt: string | null }) {
  return (
    <div className={css.rule}>
      <h3>Decision rule{sealedAt === null ? '' : `, sealed on ${date(sealedAt)}`}</h3>
      <ul>
        {checks.map(({ label, holds, evidence }) => (
          <li key={label}>
            <Tick holds={holds} />
            <span>{label}</span>
            <small>{evidence}</small>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Tick({ holds }: { holds: boolean | null }) {
  if (holds === true) return <IconCheck size={16} className={css.yes} role="img" aria-label="Holds" />
  if (holds === false) return <IconX size={16} className={css.no} role="img" aria-label="Does not hold" />
  return <IconCircleDashed size={16} className={css.open} role="img" aria-label="Not known yet" />
}
