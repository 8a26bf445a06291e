import { allows, routes, type Permission, type Project, type Role } from '@assay/server/contract'
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { call } from './client.ts'
import { useMe } from './session.ts'

export function projectQuery(project: string) {
  return queryOptions({ queryKey: ['project', project], queryFn: () => call(routes.getProject, { params: { project } }), staleTime: 30_000 })
}

/** Key of the project in the URL. */
export function useProjectKey(): string {
  const { project } = useParams({ strict: false })
  if (project === undefined) throw new Error('This page is not inside a project.')
  return project
}

export function useProject(): Project {
  return useSuspenseQuery(projectQuery(useProjectKey())).data
}

export interface Permit {
  allowed: boolean
  /** In words, where it is not allowed: what is needed, and what the person has. */
  why: string
}

const roleNames: Record<Role, string> = { viewer: 'Viewer', product_owner: 'Product owner', engineer: 'Engineer', admin: 'Admin' }
const roleOrder = Object.keys(roleNames) as Role[]

export function roleName(role: Role): string {
  return roleNames[role]
}

/** `an engineer or an admin` */
export function rolesText(roles: readonly Role[]): string {
  const names = roles.map((role) => withArticle(roleNames[role].toLowerCase()))
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`
}

/** Whether the person signed in may do something in this project, from the same table that the server enforces. */
export function usePermit(permission: Permission): Permit {
  const key = useProjectKey()
  const membership = useMe().projects.find((project) => project.key === key)
  if (membership && allows(membership.role, permission)) return { allowed: true, why: '' }
  const able = roleOrder.filter((role) => allows(role, permission)).map((role) => roleNames[role].toLowerCase())
  const has = membership ? `You are ${rolesText([membership.role])} here.` : 'You are not a member here.'
  return { allowed: false, why: `This needs the role ${able.join(' or ')}. ${has} An admin can change it under Settings, Members.` }
}
