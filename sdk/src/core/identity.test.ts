import { expect, test } from 'vitest'
import { compareIdentity } from './identity.ts'

test('the epoch decides before the version', () => {
  const ascending = [{ epoch: 'a', version: 2 }, { epoch: 'a', version: 10 }, { epoch: 'b', version: 0 }, { epoch: 'b', version: 1 }]
  for (const [i, one] of ascending.entries()) for (const [j, other] of ascending.entries()) expect(Math.sign(compareIdentity(one, other))).toBe(Math.sign(i - j))
})
