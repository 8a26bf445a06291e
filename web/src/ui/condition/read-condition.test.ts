import { expect, test } from 'vitest'
import { readCondition } from './read-condition.ts'

test('every form of a condition can be written as JSON', () => {
  const deep = { not: { any: [{ all: [] }, { cohort: 'staff' }, { attribute: 'plan', op: 'in', values: ['pro'], negate: true, ignoreCase: true, ifMissing: true }] } }
  expect(readCondition(JSON.stringify(deep))).toEqual({ ok: true, condition: deep })
})

test('what is no condition, or no JSON, says so', () => {
  expect(readCondition('{"attribute":"plan","op":"resembles"}')).toEqual({ ok: false, problem: expect.stringContaining('This is no condition.') as string })
  expect(readCondition('{"cohort":"staff","more":1}')).toMatchObject({ ok: false })
  expect(readCondition('{')).toEqual({ ok: false, problem: expect.stringContaining('This is not JSON yet') as string })
})
