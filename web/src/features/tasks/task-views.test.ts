import { expect, test } from 'vitest'
import { isInView, taskView } from './task-views.ts'

const mine = { assignee: 'Ada', doneAt: null }
const theirs = { assignee: '', doneAt: null }
const done = { assignee: 'Ada', doneAt: '2027-01-01T00:00:00.000Z' }

test('a task is in the views of its state and of whom it is with', () => {
  expect([mine, theirs, done].map((task) => (['mine', 'open', 'done'] as const).filter((view) => isInView(task, view, 'Ada')))).toEqual([['mine', 'open'], ['open'], ['done']])
})

test('the view is the one that is asked for, else mine where there is any', () => {
  expect(taskView('done', [mine], 'Ada')).toBe('done')
  expect(taskView(undefined, [mine, theirs], 'Ada')).toBe('mine')
  expect(taskView('nonsense', [theirs, done], 'Ada')).toBe('open')
})
