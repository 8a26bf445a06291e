import { expect, test } from 'vitest'
import { rowReader } from './replay-rows.ts'
import { parseReplaySpec, type ReplaySpec } from './replay-spec.ts'

const spec: ReplaySpec = {
  name: 'Blue button',
  file: 'rows.csv',
  unit: 'user',
  arm: 'page',
  control: 'old',
  weights: { old: 1, new: 1 },
  at: 'time',
  keep: [[{ column: 'page', is: 'old' }, { column: 'shown', is: 'a' }], [{ column: 'page', is: 'new' }, { column: 'shown', is: 'b' }]],
  firstPerUnit: true,
  hypothesis: { change: 'c', cohort: 'all', because: 'b', primary: 'bought', direction: 'increase', minimumEffect: 0.1, guardrails: [], mode: 'fixed' },
  metrics: [{ key: 'bought', type: 'conversion', column: 'bought' }, { key: 'spent', type: 'mean', column: 'spent' }],
}
const row = { user: 'u1', page: 'old', shown: 'a', time: '2017-01-21 22:11:48.556739', bought: 'True', spent: '2.5' }

test('a row becomes an exposure and one event per metric it counts in', () => {
  expect(rowReader(spec)(row, 0)).toEqual({
    unit: 'u1',
    arm: 'old',
    at: new Date('2017-01-21T22:11:48.556Z'),
    events: [{ name: 'bought' }, { name: 'spent', value: 2.5 }],
  })
  expect(rowReader(spec)({ ...row, bought: '0', spent: '0' }, 0)?.events).toEqual([{ name: 'spent', value: 0 }])
})

test.each(['1', 'true', 'TRUE', 'True'])('%s is a conversion', (bought) => {
  expect(rowReader(spec)({ ...row, bought }, 0)?.events).toContainEqual({ name: 'bought' })
})

test('rows outside keep and later rows of a unit are dropped', () => {
  const read = rowReader(spec)
  expect(read({ ...row, shown: 'b' }, 0)).toBeNull()
  expect(read(row, 1)).not.toBeNull()
  expect(read(row, 2)).toBeNull()
})

test('$row takes the row number as the unit, and without a time column the instant is fixed', () => {
  const { at: _at, keep: _keep, firstPerUnit: _first, ...rest } = spec
  const read = rowReader({ ...rest, unit: '$row' })
  expect(read(row, 0)?.unit).toBe('1')
  expect(read(row, 1)).toMatchObject({ unit: '2', at: new Date('2020-01-01T00:00:00Z') })
})

test.each([
  [{ page: 'other', shown: 'a' }, 'page is other'],
  [{ spent: 'much' }, 'spent is "much", not a number'],
  [{ time: 'yesterday' }, '"yesterday" is not a time'],
])('%j is refused with its row number', (wrong, message) => {
  const { keep: _keep, ...open } = spec
  expect(() => rowReader(open)({ ...row, ...wrong }, 6)).toThrow(message)
  expect(() => rowReader(open)({ ...row, ...wrong }, 6)).toThrow('Row 7')
})

test('a replay.json says what is wrong with it', () => {
  expect(parseReplaySpec(JSON.stringify(spec))).toEqual(spec)
  expect(() => parseReplaySpec(JSON.stringify({ ...spec, control: 'blue' }))).toThrow('control blue has no weight')
  expect(() => parseReplaySpec(JSON.stringify({ ...spec, hypothesis: { ...spec.hypothesis, primary: 'sold' } }))).toThrow('names sold')
  expect(() => parseReplaySpec(JSON.stringify({ ...spec, arm: 3 }))).toThrow('arm:')
})
