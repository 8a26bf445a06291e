import { allows, permissionAreas, permissions, permissionWords, roles, type Member, type Permission, type Role } from '@assay/server/contract'

export interface Capability {
  permission: Permission
  lets: string
  may: Record<Role, boolean>
}

export interface CapabilityGroup {
  area: string
  capabilities: Capability[]
}

/** The table that the server enforces, in its words. */
export function capabilityGroups(): CapabilityGroup[] {
  const all = Object.keys(permissions) as Permission[]
  return permissionAreas.map((area) => ({
    area,
    capabilities: all.filter((permission) => permissionWords[permission].area === area).map((permission) => ({
      permission,
      lets: permissionWords[permission].lets,
      may: Object.fromEntries(roles.map((role) => [role, allows(role, permission)])) as Record<Role, boolean>,
    })),
  }))
}

type Person = Pick<Member, 'name' | 'role' | 'invited'>

/** Names of the people who may, by their role; who has not come yet is left out. */
export function whoMay(members: readonly Person[], permission: Permission): string[] {
  return members.filter((member) => !member.invited && allows(member.role, permission)).map(({ name }) => name)
}

const NAMED = 2

/** `Ada`, `Ada and Ben`, `Ada, Ben and 3 more`. */
export function peopleWords(names: readonly string[]): string {
  if (names.length === 0) return 'Nobody'
  if (names.length <= NAMED) return names.join(' and ')
  return `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more`
}
