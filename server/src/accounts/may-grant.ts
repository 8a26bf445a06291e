import { allows, isRoleWithin, type Role } from '../contract/roles.ts'

/** Whether somebody with one role may give another role: only what they may do themselves, and only if they manage members at all. */
export function mayGrant(editor: Role, granted: Role): boolean {
  return allows(editor, 'member.write') && isRoleWithin(granted, editor)
}
