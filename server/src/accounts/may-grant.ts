import { allows, permissions, type Permission, type Role } from '../contract/roles.ts'

/** Whether somebody with one role may give another role: only what they may do themselves, and only if they manage members at all. */
export function mayGrant(editor: Role, granted: Role): boolean {
  const all = Object.keys(permissions) as Permission[]
  return allows(editor, 'member.write') && all.every((permission) => allows(editor, permission) || !allows(granted, permission))
}
