import type { Member } from '../contract/accounts.ts'

/** Whether nobody who can sign in would be left to manage the project, if this member stopped being an admin. */
export function isLastAdmin(members: readonly Member[], userId: string): boolean {
  const admins = members.filter((member) => member.role === 'admin' && !member.invited)
  return admins.length === 1 && admins[0]?.userId === userId
}
