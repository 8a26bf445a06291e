import { expect, test } from 'vitest'
import { dueWords } from './due-words.ts'

const now = new Date('2027-03-10T23:30:00.000Z')

test.each([
  [null, 'No day', false],
  ['2027-03-10', 'Today', false],
  ['2027-03-11', 'Tomorrow', false],
  ['2027-03-15', 'In 5 days', false],
  ['2027-03-30', 'By 30 Mar', false],
  ['2027-03-09', '1 day late', true],
  ['2027-03-01', '9 days late', true],
])('%s: %s', (dueAt, words, late) => {
  expect(dueWords({ dueAt, doneAt: null }, now)).toEqual({ words, late })
})

test('what is done is not late', () => {
  expect(dueWords({ dueAt: '2027-03-01', doneAt: '2027-03-05T00:00:00.000Z' }, now)).toEqual({ words: 'By 1 Mar', late: false })
})
