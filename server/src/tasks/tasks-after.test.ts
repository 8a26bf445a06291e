import { expect, test } from 'vitest'
import { tasksAfter } from './tasks-after.ts'

const decided = { choice: 'ship', serves: 'express', flag: 'express-pay', kind: 'experiment', environment: 'production', title: 'Express pay', hypothesis: 'H-1' } as const

test('what was shipped goes to everybody, then the question leaves the code, then the flag is archived', () => {
  expect(tasksAfter(decided)).toEqual([
    { kind: 'end_state', title: 'Serve express of express-pay to everybody in production', dueInDays: 7 },
    { kind: 'remove_code', title: 'Take the question for express-pay out of the code; what express does stays', dueInDays: 30 },
    { kind: 'archive_flag', title: 'Archive express-pay', dueInDays: 45 },
  ])
})

test('what is removed takes its code with it', () => {
  expect(tasksAfter({ ...decided, choice: 'remove', serves: 'form' }).map(({ title }) => title)).toEqual(['Serve form of express-pay to everybody in production', 'Take “Express pay” and the question for express-pay out of the code', 'Archive express-pay'])
})

test('whoever tries again owes the next hypothesis, and keeps the flag', () => {
  expect(tasksAfter({ ...decided, choice: 'iterate', serves: 'form' }).map(({ kind }) => kind)).toEqual(['follow_up'])
})

test('a flag that stays for good is only set', () => {
  expect(tasksAfter({ ...decided, kind: 'operational' }).map(({ kind }) => kind)).toEqual(['end_state'])
})
