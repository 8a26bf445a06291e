import type { Cohort } from '@assay/server/contract'
import { Link } from '@tanstack/react-router'
import { useProjectKey } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { KeyTag } from '../../ui/key-tag.tsx'
import css from './cohorts-table.module.css'
import { membersWords } from './members-words.ts'
import { usesWords } from './uses-words.ts'

export function CohortsTable({ cohorts }: { cohorts: readonly Cohort[] }) {
  const project = useProjectKey()
  const nameOf = (key: string) => cohorts.find((cohort) => cohort.key === key)?.name ?? key
  return (
    <div className="tablewrap" tabIndex={0} role="region" aria-label="Cohorts">
      <table className="table">
        <thead><tr><th scope="col">Cohort</th><th scope="col">Who is in it</th><th scope="col">Counts</th><th scope="col">Used by</th><th scope="col">Last change</th></tr></thead>
        <tbody>
          {cohorts.map((cohort) => (
            <tr key={cohort.key}>
              <td className={css.name}>
                <Link to="/p/$project/cohorts/$cohort" params={{ project, cohort: cohort.key }}>{cohort.name}</Link>
                <KeyTag>{cohort.key}</KeyTag>
                {cohort.description === '' ? null : <p>{cohort.description}</p>}
              </td>
              <td className={css.who}><span title={membersWords(cohort, nameOf)}>{membersWords(cohort, nameOf)}</span></td>
              <td className={css.plain}>{cohort.unit}</td>
              <td className={css.plain}>{cohort.usedBy.length === 0 ? <span className="muted">Not used yet</span> : usesWords(cohort.usedBy)}</td>
              <td className={css.plain}><Ago at={cohort.changedAt} /><small>{cohort.changedBy}</small></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
