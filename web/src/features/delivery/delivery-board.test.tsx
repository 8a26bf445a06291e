import type { Delivery } from '@assay/server/contract'
import { fireEvent, screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderInProject } from '../../testing/render.tsx'
import { DeliveryBoard } from './delivery-board.tsx'

const MINUTE_MS = 60_000
const rollback = (entry: number, at: string, minutes: number, how: 'turned_off' | 'put_back') => ({ flag: 'express-pay', environment: 'production', entry, at, by: 'Ada Admin', how, of: { entry: entry - 1, at: new Date(Date.parse(at) - minutes * MINUTE_MS).toISOString(), by: 'Jonas Weber' }, ms: minutes * MINUTE_MS })
const delivery: Delivery = {
  from: '2027-01-01T00:00:00.000Z', to: '2027-04-01T00:00:00.000Z', zone: 'UTC', environments: ['production'], complete: true, firstChangeAt: '2027-01-05T10:00:00.000Z',
  changes: { total: 52, previous: 40, live: 40, takenBack: 2, days: [{ day: '2027-01-05', changes: 12, rollbacks: 0 }, { day: '2027-03-30', changes: 40, rollbacks: 2 }], hours: [{ weekday: 2, hour: 10, changes: 52, rollbacks: 2 }] },
  rollbacks: { total: 2, turnedOff: 1, restoreMs: { median: 11 * MINUTE_MS, lower: 6 * MINUTE_MS, upper: 16 * MINUTE_MS }, list: [rollback(31, '2027-03-30T12:00:00.000Z', 6, 'turned_off'), rollback(21, '2027-03-30T10:00:00.000Z', 16, 'put_back')] },
  fullExposure: {
    total: 2, atOnce: 1, ms: { median: 26 * 60 * MINUTE_MS, lower: 26 * 60 * MINUTE_MS, upper: 26 * 60 * MINUTE_MS },
    list: [
      { flag: 'search', environment: 'production', entry: 9, at: '2027-03-02T12:00:00.000Z', by: 'Ada Admin', from: '2027-03-01T10:00:00.000Z', ms: 26 * 60 * MINUTE_MS },
      { flag: 'banner', environment: 'production', entry: 8, at: '2027-03-01T10:00:00.000Z', by: 'Ada Admin', from: '2027-03-01T10:00:00.000Z', ms: 0 },
    ],
  },
  turnedOff: 3,
}
const board = (part: Partial<Delivery> = {}) => renderInProject(<DeliveryBoard project="shop" delivery={{ ...delivery, ...part }} clock="UTC" />)
/** A panel with its chart, which may come a little later. */
async function panelOf(title: string): Promise<HTMLElement> {
  await screen.findByRole('radiogroup', { name: `Show ${title.toLowerCase()} as` })
  return screen.getByRole('region', { name: title })
}
const href = (element: HTMLElement) => new URL(element.getAttribute('href') ?? '', 'http://localhost')

test('each number says of what it is, and what exactly is counted', async () => {
  board()
  const restored = await screen.findByRole('region', { name: 'Time to restore by a flag' })
  expect(restored.textContent).toContain('11min')
  expect(restored.textContent).toContain('Half of them took 6 min to 16 min, of 2 rollbacks.')
  expect(within(restored).getByRole('button', { name: /^Time to restore by a flag: From the change that was taken back/ })).toBeDefined()
  expect(screen.getByRole('region', { name: 'Rolled back' }).textContent).toContain('5.0%2 of 40 changes that left a flag on.')
  expect(screen.getByRole('region', { name: 'Changes in production' }).textContent).toContain('4 a week, 30% more than in the 90 days before.')
  expect(screen.getByRole('region', { name: 'Time to everybody' }).textContent).toContain('Half of them took 26 h, of 1 flag. 1 flag reached everybody at once.')
})

test('the day that is read leads to its entries in the audit log', async () => {
  board()
  const calendar = await screen.findByRole('region', { name: 'Changes per day' })
  const slider = within(calendar).getByRole('slider', { name: 'Day' })
  fireEvent.change(slider, { target: { value: '88' } })
  expect(calendar.textContent).toContain('Tuesday 30 March: 40 changes, 2 rollbacks')
  const { pathname, searchParams } = href(within(calendar).getByRole('link', { name: 'Show them in the audit log' }))
  expect([pathname, searchParams.get('kind'), searchParams.get('environment'), searchParams.get('from'), searchParams.get('to')]).toEqual(['/p/shop/audit', 'flag', 'production', '2027-03-30T00:00:00.000Z', '2027-03-30T23:59:59.999Z'])
})

test('the point that is read leads to its flag, its entry and everything around its time', async () => {
  board()
  const panel = await panelOf('Time to restore, each rollback')
  fireEvent.focus(within(panel).getByRole('slider', { name: 'Point' }))
  expect(panel.textContent).toContain('express-pay: turned off 30 Mar 2027, 12:00, after 6 min')
  expect(href(within(panel).getByRole('link', { name: 'express-pay' })).pathname).toBe('/p/shop/flags/express-pay/history')
  expect(href(within(panel).getByRole('link', { name: 'Entry 31' })).searchParams.get('entry')).toBe('31')
  expect(href(within(panel).getByRole('link', { name: 'Around this time' })).searchParams.get('from')).toBe('2027-03-30T11:30:00.000Z')
})

test.each([
  ['Changes per day', ['Tuesday 30 March', '40', '2'], ['Tuesday 5 January', '12', '0']],
  ['Around the clock', ['Tuesday, 10:00 to 11:00', '52', '2'], undefined],
  ['Time to restore, each rollback', ['express-pay', '30 Mar 2027, 12:00', 'Turned off', '6 min'], ['express-pay', '30 Mar 2027, 10:00', 'Put back', '16 min']],
  ['Time to everybody, each flag', ['search', '2 Mar 2027, 12:00', 'Reached everybody', '26 h'], undefined],
])('%s has a table that says the same', async (title, first, second) => {
  board()
  const panel = await panelOf(title)
  fireEvent.click(within(panel).getByRole('radio', { name: 'Table' }))
  const rows = within(panel).getAllByRole('row').slice(1).map((row) => within(row).getAllByRole('cell').map((cell) => cell.textContent))
  expect(rows).toEqual(second === undefined ? [first] : [first, second])
})

test('every rollback leads to what was changed', async () => {
  board()
  const table = await screen.findByRole('region', { name: 'Latest rollbacks as a table' })
  const [, row] = within(table).getAllByRole('row')
  if (!row) throw new Error('There are two rollbacks.')
  expect(row.textContent).toContain('6 min')
  expect(href(within(row).getByRole('link', { name: 'The change' })).searchParams.get('entry')).toBe('30')
})

test('without a rollback there is neither a plot nor a table of them', async () => {
  board({ rollbacks: { total: 0, turnedOff: 0, restoreMs: null, list: [] }, changes: { ...delivery.changes, takenBack: 0 } })
  expect((await screen.findByRole('region', { name: 'Time to restore, each rollback' })).textContent).toContain('Nothing was rolled back in this time.')
  expect(screen.queryByRole('region', { name: 'Latest rollbacks as a table' })).toBeNull()
})

test('where every flag reached everybody at once there is no length to plot', async () => {
  board({ fullExposure: { total: 1, atOnce: 1, ms: null, list: delivery.fullExposure.list.slice(1) } })
  expect((await screen.findByRole('region', { name: 'Time to everybody, each flag' })).textContent).toContain('1 flag reached everybody at once, none in steps.')
  expect(screen.getByRole('region', { name: 'Time to everybody' }).textContent).toContain('Not yet')
})
