import { expect, test } from 'vitest'
import { mergeEdits } from './merge-edits.ts'

const was = { title: 'Express pay', because: 'they leave', limits: [{ metric: 'refunds', margin: 0.05 }] }
const fields = ['title', 'because', 'limits'] as const

test('edits of different fields are both kept', () => {
  const { merged, clashes } = mergeEdits(was, { ...was, title: 'Express pay everywhere' }, { ...was, because: 'the form is long' }, fields)
  expect(clashes).toEqual([])
  expect(merged).toEqual({ ...was, title: 'Express pay everywhere', because: 'the form is long' })
})

test('a field that both changed is left to a person', () => {
  const { merged, clashes } = mergeEdits(was, { ...was, title: 'Theirs' }, { ...was, title: 'Mine', because: 'new' }, fields)
  expect(clashes).toEqual(['title'])
  expect(merged).toEqual({ ...was, title: 'Theirs', because: 'new' })
})

test('the same edit twice is no clash', () => {
  expect(mergeEdits(was, { ...was, title: 'Same' }, { ...was, title: 'Same' }, fields).clashes).toEqual([])
})

test('the order of keys makes no difference', () => {
  const reordered = { ...was, limits: [{ margin: 0.05, metric: 'refunds' }] }
  expect(mergeEdits(was, reordered, { ...was, limits: [{ metric: 'refunds', margin: 0.1 }] }, fields)).toEqual({ merged: { ...was, limits: [{ metric: 'refunds', margin: 0.1 }] }, clashes: [] })
})
