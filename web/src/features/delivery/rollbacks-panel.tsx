import type { Rollback } from '@assay/server/contract'
import { Button } from '@mantine/core'
import { IconArrowBackUp, IconPower } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { around } from '../../ui/around.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { duration } from '../../ui/duration.ts'
import { count } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { timeIn } from './clock.ts'
import css from './delivery.module.css'
import { howWords } from './how-words.ts'

const FEW = 10

interface Props {
  project: string
  /** Newest first. */
  rollbacks: readonly Rollback[]
  total: number
  zone: string
  /** Whether the rows are of more than one environment. */
  several: boolean
}

/** The latest rollbacks, with the way to what was changed and to what else happened then. */
export function RollbacksPanel({ project, rollbacks, total, zone, several }: Props) {
  const [all, setAll] = useState(false)
  const shown = all ? rollbacks : rollbacks.slice(0, FEW)
  return (
    <Panel title="Latest rollbacks" padded={false} aside={rollbacks.length <= FEW ? null : <Button variant="subtle" size="compact-sm" onClick={() => { setAll(!all) }}>{all ? 'Fewer' : total > rollbacks.length ? `The latest ${count(rollbacks.length)} of ${count(total)}` : `All ${count(total)}`}</Button>}>
      <div className={`tablewrap ${css.rows}`} tabIndex={0} role="region" aria-label="Latest rollbacks as a table">
        <table className="table">
          <thead>
            <tr><th scope="col">Flag</th>{several ? <th scope="col">Environment</th> : null}<th scope="col">Rolled back</th><th scope="col" className="right">After</th><th scope="col">How</th><th scope="col">By</th><th scope="col">Changed by</th><th scope="col">In the audit log</th></tr>
          </thead>
          <tbody>
            {shown.map(({ flag, environment, entry, at, by, how, ms, of }) => (
              <tr key={entry}>
                <td className={css.nowrap}><Link to="/p/$project/flags/$flag/$tab" params={{ project, flag, tab: 'history' }} search={{ env: environment }} className="mono">{flag}</Link></td>
                {several ? <td>{environment}</td> : null}
                <td className={css.nowrap}>{timeIn(at, zone)}</td>
                <td className={`right num ${css.nowrap}`}><b>{duration(ms)}</b></td>
                <td className={css.nowrap}><span className={css.how}>{how === 'turned_off' ? <IconPower size={15} aria-hidden /> : <IconArrowBackUp size={15} aria-hidden />}{howWords(how)}</span></td>
                <td><Avatar name={by} /></td>
                <td><Avatar name={of.by} /></td>
                <td className={css.nowrap}><span className={css.links}><Link to="/p/$project/audit" params={{ project }} search={{ entry }}>Entry {entry}</Link><Link to="/p/$project/audit" params={{ project }} search={{ entry: of.entry }}>The change</Link><Link to="/p/$project/audit" params={{ project }} search={around(at)}>Around this time</Link></span></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
