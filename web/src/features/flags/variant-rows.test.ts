import { expect, test } from 'vitest'
import type { FlagVariant } from '@assay/server/contract'
import { addedRow, rowProblems, rowsOf, startingRows, variantsOf } from './variant-rows.ts'

const variants: FlagVariant[] = [{ key: 'a', value: 30 }, { key: 'b', name: 'Big', value: 40 }]

test('rows say the variants they were read from', () => {
  expect(variantsOf(rowsOf('integer', variants), 'integer')).toEqual(variants)
  expect(variantsOf(startingRows('boolean'), 'boolean')).toEqual([{ key: 'off', value: false }, { key: 'on', value: true }])
})

test('a new row has a free key', () => {
  const rows = rowsOf('integer', variants)
  const one = addedRow(rows, 'integer', 'x')
  expect(one).toMatchObject({ id: 'x', key: 'variant-1', saved: false })
  expect(addedRow([...rows, one], 'integer', 'y').key).toBe('variant-2')
})

test('keys that clash or cannot be, and values of another type, are told at their row', () => {
  const [a, b] = rowsOf('integer', variants)
  if (!a || !b) throw new Error('two rows')
  expect(rowProblems([a, b], 'integer').size).toBe(0)
  expect([...rowProblems([a, { ...b, key: 'a', text: '1.5' }], 'integer')]).toEqual([
    ['a', { key: 'Two variants have this key.' }],
    ['b', { key: 'Two variants have this key.', value: 'Write a whole number, such as 30.' }],
  ])
  expect(rowProblems([{ ...a, key: 'no spaces' }], 'integer').get('a')).toEqual({ key: 'Use letters, digits, dots, dashes or underscores.' })
})
