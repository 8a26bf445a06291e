import { expect, test } from 'vitest'
import { uuidv7 } from './uuidv7.ts'

test('a version 7 UUID starts with its milliseconds and carries version and variant', () => {
  const id = uuidv7(new Date(0x019812345678))
  expect(id).toMatch(/^01981234-5678-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(uuidv7(new Date(1)) < uuidv7(new Date(2))).toBe(true)
  expect(uuidv7(new Date(1))).not.toBe(uuidv7(new Date(1)))
})
