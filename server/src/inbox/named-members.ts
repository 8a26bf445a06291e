import { allows, type Permission } from '../contract/roles.ts'
import type { Reader } from './waiting-facts.ts'

/** Members whom these texts name, and who may do something. Words after a comma, such as a day, are no part of a name. */
export function namedMembers(texts: readonly string[], members: readonly Reader[], permission: Permission): string[] {
  const names = new Set(texts.map((text) => (text.split(/[,;(]/)[0] ?? '').trim().toLowerCase()))
  return members.filter(({ name, role }) => allows(role, permission) && names.has(name.toLowerCase())).map(({ name }) => name)
}

/** Whether something waits for the reader: it is theirs, or everybody's who may see to it where nobody whose it is may. */
export function waitsFor(reader: Reader, owners: readonly string[], members: readonly Reader[], permission: Permission): boolean {
  if (!allows(reader.role, permission)) return false
  const own = namedMembers(owners, members, permission)
  return own.length === 0 || own.includes(reader.name)
}
