import { expect, test } from 'vitest'
import { roles } from '../contract/roles.ts'
import { mayGrant } from './may-grant.ts'

test('an admin grants every role, nobody else grants any', () => {
  for (const granted of roles) {
    expect(mayGrant('admin', granted)).toBe(true)
    for (const editor of roles.filter((role) => role !== 'admin')) expect(mayGrant(editor, granted)).toBe(false)
  }
})
