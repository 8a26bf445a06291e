import { expect, test } from 'vitest'
import { createDiskSpace, MIN_FREE_BYTES } from './disk-space.ts'

test('a disk has room down to the reserve, and is looked at once a second', async () => {
  let free = MIN_FREE_BYTES
  let now = 0
  let looks = 0
  const disk = createDiskSpace('/data', async () => { looks += 1; return free }, () => now)
  expect(await disk.hasRoom()).toBe(true)
  free -= 1
  now = 999
  expect(await disk.hasRoom()).toBe(true)
  now = 1000
  expect(await disk.hasRoom()).toBe(false)
  expect(looks).toBe(2)
})
