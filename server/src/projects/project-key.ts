import { keyOfName } from '../contract/key-of-name.ts'

/** A key for a project that was only given a name. */
export function projectKeyOf(name: string): string {
  const key = keyOfName(name)
  return key === '' ? 'project' : key
}
