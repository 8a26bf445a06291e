import { Link } from '@tanstack/react-router'
import { useProjectKey } from '../../api/project.ts'
import type { FactGroup } from './plan-facts.ts'
import css from './plan-list.module.css'

/** A plan in words, with a way to the step that asked for each part. */
export function PlanList({ groups, hypothesis }: { groups: readonly FactGroup[]; hypothesis: string }) {
  const project = useProjectKey()
  return (
    <div className={css.groups}>
      {groups.map(({ step, title, facts }) => (
        <section key={step} aria-label={title}>
          <div className={css.head}><h3>{title}</h3><Link to="/p/$project/hypotheses/$hypothesis/edit" params={{ project, hypothesis }} search={{ step }}>Edit<span className="sr"> {title.toLowerCase()}</span></Link></div>
          <dl>
            {facts.map(({ label, lines }) => (
              <div key={label}>
                <dt>{label}</dt>
                {lines.length === 0 ? <dd className={css.open}>Open</dd> : lines.map((line, index) => <dd key={index}>{line}</dd>)}
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}
