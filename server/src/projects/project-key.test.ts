import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slug } from '../contract/fields.ts'
import { projectKeyOf } from './project-key.ts'

test.each([
  ['Shop', 'shop'],
  ['  Müller & Söhne GmbH ', 'muller-sohne-gmbh'],
  ['Web 2.0', 'web-2-0'],
  ['日本', 'project'],
])('%j becomes %s', (name, key) => {
  expect(projectKeyOf(name)).toBe(key)
})

test('whatever the name, the key is one that the contract takes', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => slug.safeParse(projectKeyOf(name)).success))
})
