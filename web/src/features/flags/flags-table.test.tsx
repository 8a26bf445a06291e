import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import type { FlagUsage } from '@assay/server/contract'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { renderInProject, testProject } from '../../testing/render.tsx'
import { flagSummary } from './flag.samples.ts'
import { sortedBy } from './flag-sort.ts'
import { FlagsTable } from './flags-table.tsx'

const now = new Date('2026-11-25T12:00:00Z')
const flags = [flagSummary({ key: 'a', name: 'Alpha', tags: ['web'], openChanges: 1 }, ['production']), flagSummary({ key: 'b', name: 'Beta', expectedRemoval: '2026-11-01' }), flagSummary({ key: 'c', name: 'Gamma' })]
const used = (flag: string, hourly: number[], state: FlagUsage['lifecycle']['state']): [string, FlagUsage] => [flag, { flag, lifecycle: { state, reason: `Because ${flag}.` }, environments: [{ environment: 'production', lastEvaluatedAt: null, hourly }] }]

function show(usage = new Map<string, FlagUsage>()) {
  const onEnd = vi.fn()
  function Holder() {
    const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
    const [sorted, setSorted] = useState(sortedBy({}))
    return <FlagsTable flags={flags} matching={flags.length} environments={testProject.environments} project="shop" usage={usage} now={now} sorted={sorted} onSort={setSorted} onEnd={onEnd} selected={selected} onSelect={setSelected} />
  }
  renderInProject(<Holder />)
}
const selected = () => screen.getAllByRole<HTMLInputElement>('checkbox', { name: /^Select (Alpha|Beta|Gamma)/ }).filter(({ checked }) => checked).map((box) => box.getAttribute('aria-label'))

test('usage lies over the flags: decisions, state with its reason, and a removal that is over', async () => {
  show(new Map([used('a', [1000, 900], 'live'), used('b', [0, 0], 'stale')]))
  expect(await screen.findByText('1.9k')).toBeTruthy()
  expect(screen.getByText('None')).toBeTruthy()
  expect(screen.getByText('Stale')).toBeTruthy()
  expect(screen.getByText('Was to go by 1 Nov')).toBeTruthy()
  expect(screen.getByRole('img', { name: '1 change waiting for review or for its time' })).toBeTruthy()
})

test('the list stands where usage is not known', async () => {
  show()
  expect(await screen.findByRole('link', { name: 'Alpha' })).toBeTruthy()
  expect(screen.getAllByText('Not known').length).toBeGreaterThan(0)
})

test('rows are walked and selected by keys while the table has the focus', async () => {
  const person = userEvent.setup()
  show()
  const first = await screen.findByRole('checkbox', { name: 'Select Alpha' })
  first.focus()
  await person.keyboard('x')
  await person.keyboard('j{ArrowDown}x')
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Select Gamma')
  expect(selected()).toEqual(['Select Alpha', 'Select Gamma'])
  await person.keyboard('k')
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Select Beta')
})

test('the shift key selects everything between, and the head selects all', async () => {
  const person = userEvent.setup()
  show()
  await person.click(await screen.findByRole('checkbox', { name: 'Select Alpha' }))
  await person.keyboard('{Shift>}')
  await person.click(screen.getByRole('checkbox', { name: 'Select Gamma' }))
  await person.keyboard('{/Shift}')
  expect(selected()).toEqual(['Select Alpha', 'Select Beta', 'Select Gamma'])
  await person.click(screen.getByRole('checkbox', { name: 'Select all flags shown' }))
  expect(selected()).toEqual([])
})

test('the table says how many rows there are and which way they are sorted', async () => {
  const person = userEvent.setup()
  show()
  const table = await screen.findByRole('table')
  expect(table.getAttribute('aria-rowcount')).toBe('4')
  expect([...table.querySelectorAll('tr')].map((row) => row.getAttribute('aria-rowindex'))).toEqual(['1', '2', '3', '4'])
  expect(screen.getByRole('columnheader', { name: 'Last change' }).getAttribute('aria-sort')).toBe('descending')
  await person.click(screen.getByRole('button', { name: 'Flag' }))
  expect(screen.getByRole('columnheader', { name: 'Flag' }).getAttribute('aria-sort')).toBe('ascending')
})
