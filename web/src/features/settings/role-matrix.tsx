import { roles } from '@assay/server/contract'
import { IconCheck, IconMinus } from '@tabler/icons-react'
import { roleName } from '../../api/project.ts'
import { Panel } from '../../ui/panel.tsx'
import { capabilities, roleWords } from './capabilities.ts'
import css from './role-matrix.module.css'

/** What each role lets a person do. */
export function RoleMatrix() {
  return (
    <Panel title="What each role may do" padded={false}>
      <div className={css.scroll} tabIndex={0} role="region" aria-label="Roles and capabilities">
        <table className={css.matrix}>
          <thead>
            <tr>
              <th scope="col"><span className="sr">Capability</span></th>
              {roles.map((role) => <th key={role} scope="col">{roleName(role)}<small>{roleWords[role]}</small></th>)}
            </tr>
          </thead>
          <tbody>
            {capabilities.map(({ what, may }) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                {roles.map((role) => (
                  <td key={role} data-may={may[role]}>
                    {may[role] ? <IconCheck size={16} aria-hidden /> : <IconMinus size={14} aria-hidden />}
                    <span className="sr">{may[role] ? 'Yes' : 'No'}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
