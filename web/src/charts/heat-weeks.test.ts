import { expect, test } from 'vitest'
import { heatCells, heatLevel, monthLabels } from './heat-weeks.ts'

test('every day has its place, also those on which nothing happened', () => {
  // The 31st is a Wednesday.
  const cells = heatCells([{ day: '2027-04-02', changes: 4, rollbacks: 1 }], '2027-03-31', '2027-04-05')
  expect(cells.map(({ day, week, weekday, changes }) => [day, week, weekday, changes])).toEqual([
    ['2027-03-31', 0, 2, 0], ['2027-04-01', 0, 3, 0], ['2027-04-02', 0, 4, 4], ['2027-04-03', 0, 5, 0], ['2027-04-04', 0, 6, 0], ['2027-04-05', 1, 0, 0],
  ])
  expect(cells[2]?.rollbacks).toBe(1)
})

test.each([[0, 20, 0], [1, 20, 1], [4, 20, 1], [5, 20, 2], [20, 20, 5], [1, 1, 1], [2, 2, 2]])('%d changes, with %d on the busiest day, is step %d', (count, most, level) => {
  expect(heatLevel(count, most)).toBe(level)
})

test('months are named where they begin, and never two in one place', () => {
  expect(monthLabels(heatCells([], '2027-01-04', '2027-03-31'))).toEqual([{ week: 0, label: 'Jan' }, { week: 4, label: 'Feb' }, { week: 8, label: 'Mar' }])
  expect(monthLabels(heatCells([], '2027-01-26', '2027-02-20'))).toEqual([{ week: 1, label: 'Feb' }])
})
