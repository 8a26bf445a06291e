import { roles } from '@assay/server/contract'
import { IconCheck, IconMinus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { membersQuery } from '../../api/project-queries.ts'
import { roleName, useProject } from '../../api/project.ts'
import { useMe } from '../../api/session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Failure } from '../../ui/failure.tsx'
import { plural } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Panel } from '../../ui/panel.tsx'
import { capabilityGroups, peopleWords, whoMay } from './capabilities.ts'
import { roleWords } from './role-words.ts'
import css from './roles-section.module.css'

const FACES = 6
const groups = capabilityGroups()

/** Who has which role, and what each lets them do. */
export function RolesSection() {
  const project = useProject()
  const me = useMe()
  const members = useQuery(membersQuery(project.key))
  if (members.error) return <Failure error={members.error} onRetry={() => { void members.refetch() }} />
  if (!members.data) return <Loading rows={6} />
  const people = members.data.members
  const mine = people.find(({ userId }) => userId === me.id)?.role
  return (
    <>
      <ul className={css.roles}>
        {roles.map((role) => {
          const holders = people.filter((member) => member.role === role)
          return (
            <li key={role}>
              <h2>{roleName(role)}{role === mine ? <Chip tone="info">You</Chip> : null}</h2>
              <p>{roleWords[role]}</p>
              <div className={css.holders}>
                {holders.slice(0, FACES).map(({ userId, name }) => <Avatar key={userId} name={name} size={24} />)}
                <span>{holders.length === 0 ? 'Nobody' : plural(holders.length, 'person', 'people')}</span>
              </div>
            </li>
          )
        })}
      </ul>
      <Panel title="What each role lets you do" padded={false} aside={<Link to="/p/$project/settings/$section" params={{ project: project.key, section: 'members' }}>Change somebody’s role</Link>}>
        <div className={css.scroll} tabIndex={0} role="region" aria-label="Roles and capabilities">
          <table className={css.matrix}>
            <thead>
              <tr>
                <th scope="col">What this lets you do</th>
                {roles.map((role) => <th key={role} scope="col" className={css.role} data-mine={role === mine}>{roleName(role)}</th>)}
                <th scope="col" className={css.who}>Who has it</th>
              </tr>
            </thead>
            {groups.map(({ area, capabilities }) => (
              <tbody key={area}>
                <tr><th scope="rowgroup" colSpan={roles.length + 2} className={css.area}>{area}</th></tr>
                {capabilities.map(({ permission, lets, may }) => (
                  <tr key={permission}>
                    <th scope="row">{lets}</th>
                    {roles.map((role) => (
                      <td key={role} className={css.role} data-may={may[role]} data-mine={role === mine}>
                        {may[role] ? <IconCheck size={16} aria-hidden /> : <IconMinus size={14} aria-hidden />}
                        <span className="sr">{may[role] ? 'Yes' : 'No'}</span>
                      </td>
                    ))}
                    <td className={css.who}>{peopleWords(whoMay(people, permission))}</td>
                  </tr>
                ))}
              </tbody>
            ))}
          </table>
        </div>
      </Panel>
      <p className="muted">This is the table that the server asks before it does anything. An environment may ask for more: an approval, or a reason.</p>
    </>
  )
}
