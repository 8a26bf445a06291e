import type { Plan } from '@assay/server/contract'
import { IconLock } from '@tabler/icons-react'
import { date } from '../../ui/format.ts'
import { KeyTag } from '../../ui/key-tag.tsx'
import { Panel } from '../../ui/panel.tsx'
import { CanonicalPlan } from './canonical-plan.tsx'
import css from './plan-panel.module.css'
import { planSections } from './plan-rows.ts'

/** The plan as it was sealed, every field of it. */
export function PlanPanel({ plan, planHash, sealedAt }: { plan: Plan; planHash: string; sealedAt: string | null }) {
  return (
    <Panel title="The sealed plan" aside={sealedAt === null ? undefined : <span className="muted">Sealed on {date(sealedAt)}. The verdict follows it, whatever is edited later.</span>}>
      <div className={css.sections}>
        {planSections(plan).map((section) => (
          <section key={section.title}>
            <h3>{section.title}</h3>
            <dl>
              {section.rows.map(({ label, value, code }, index) => [<dt key={`${index} label`}>{label}</dt>, <dd key={`${index} value`}>{code ? <code>{value}</code> : value}</dd>])}
            </dl>
          </section>
        ))}
      </div>
      <div className={css.seal}>
        <span><IconLock size={15} aria-hidden />SHA-256</span>
        <span className={css.hash}><KeyTag>{planHash}</KeyTag></span>
      </div>
      <CanonicalPlan plan={plan} planHash={planHash} />
    </Panel>
  )
}
