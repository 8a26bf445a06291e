import { expect, test } from 'vitest'
import type { Condition } from '@assay/sdk/core'
import type { KnownAttribute } from '@assay/server/contract'
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { renderUi } from '../../testing/render.tsx'
import { ConditionEditor } from './condition-editor.tsx'
import { ConditionView } from './condition-view.tsx'

function show(start: Condition | undefined, attributes: KnownAttribute[] = []): { latest: () => Condition | undefined } {
  let latest = start
  function Holder() {
    const [value, setValue] = useState(start)
    return <ConditionEditor value={value} onChange={(next) => { latest = next; setValue(next) }} cohorts={[{ key: 'staff', name: 'Employees' }]} attributes={attributes} />
  }
  renderUi(<Holder />)
  return { latest: () => latest }
}

test('a condition is written from nothing, with numbers that stay numbers', async () => {
  const person = userEvent.setup()
  const { latest } = show(undefined)
  expect(screen.getByText('Everyone, until you add a condition.')).toBeTruthy()
  await person.click(screen.getByRole('button', { name: 'Condition' }))
  await person.type(screen.getByRole('combobox', { name: 'Attribute' }), 'orders')
  await person.click(screen.getByRole('combobox', { name: 'How it is compared' }))
  await person.click(screen.getByRole('option', { name: 'is at least' }))
  await person.type(screen.getByRole('textbox', { name: 'Value' }), '1x')
  expect(screen.getByText('1x is not a number.')).toBeTruthy()
  expect(latest()).toEqual({ attribute: 'orders', op: 'gte', values: [] })
  await person.type(screen.getByRole('textbox', { name: 'Value' }), '{Backspace}0')
  expect(latest()).toEqual({ attribute: 'orders', op: 'gte', values: [10] })
})

test('attributes that services send are offered with their values, in the type they have', async () => {
  const person = userEvent.setup()
  const { latest } = show(undefined, [{ path: 'country', share: 0.92, values: ['DE', 'FR'] }, { path: 'seats', share: 0.3, values: [5, 10] }])
  await person.click(screen.getByRole('button', { name: 'Condition' }))
  await person.click(screen.getByRole('combobox', { name: 'Attribute' }))
  expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual(['country92% of people', 'seats30% of people'])
  await person.type(screen.getByRole('combobox', { name: 'Attribute' }), 'sea')
  await person.click(screen.getByRole('option'))
  await person.click(screen.getByRole('combobox', { name: 'Values' }))
  await person.click(screen.getByRole('option', { name: '10' }))
  expect(latest()).toEqual({ attribute: 'seats', op: 'in', values: [10] })
})

test('an attribute that nobody sent yet can be written all the same', async () => {
  const person = userEvent.setup()
  const { latest } = show(undefined, [{ path: 'country', share: 1, values: ['DE'] }])
  await person.click(screen.getByRole('button', { name: 'Condition' }))
  await person.type(screen.getByRole('combobox', { name: 'Attribute' }), 'beta')
  await person.type(screen.getByLabelText('Values'), 'yes{Enter}')
  expect(latest()).toEqual({ attribute: 'beta', op: 'in', values: ['yes'] })
})

test('several values are added by comma, and one that cannot be read goes back with the reason', async () => {
  const person = userEvent.setup()
  const { latest } = show({ attribute: 'size', op: 'in', values: [1] })
  await person.type(screen.getByLabelText('Values'), '2,three{Enter}')
  expect(latest()).toEqual({ attribute: 'size', op: 'in', values: [1, 2] })
  expect(screen.getByText('three is not a number.')).toBeTruthy()
})

test('a list that is pasted becomes several values', async () => {
  const person = userEvent.setup()
  const { latest } = show({ attribute: 'country', op: 'in', values: ['Washington, DC'] })
  await person.click(screen.getByLabelText('Values'))
  await person.paste('DE, FR')
  await person.keyboard('{Enter}')
  expect(latest()).toEqual({ attribute: 'country', op: 'in', values: ['Washington, DC', 'DE', 'FR'] })
})

test('rows are joined by and or or, and a cohort can be one of them', async () => {
  const person = userEvent.setup()
  const { latest } = show({ attribute: 'country', op: 'in', values: ['DE'] })
  await person.click(screen.getByRole('button', { name: 'Cohort' }))
  await person.click(screen.getByRole('combobox', { name: 'Cohort' }))
  await person.click(screen.getByRole('option', { name: 'Employees' }))
  expect(latest()).toEqual({ all: [{ attribute: 'country', op: 'in', values: ['DE'] }, { cohort: 'staff' }] })
  await person.click(screen.getByRole('combobox', { name: 'How the conditions are joined' }))
  await person.click(screen.getByRole('option', { name: 'None of these holds' }))
  expect(latest()).toEqual({ not: { any: [{ attribute: 'country', op: 'in', values: ['DE'] }, { cohort: 'staff' }] } })
  await person.click(screen.getByRole('button', { name: 'Remove the condition on country' }))
  expect(latest()).toEqual({ not: { cohort: 'staff' } })
})

test('a group is a row with rows of its own', async () => {
  const person = userEvent.setup()
  const { latest } = show({ cohort: 'staff' })
  await person.click(screen.getByRole('button', { name: 'Group' }))
  const group = screen.getByRole('group', { name: 'Group of conditions' })
  await person.type(within(group).getByRole('combobox', { name: 'Attribute' }), 'a')
  await person.click(within(group).getByRole('button', { name: 'Condition' }))
  expect(latest()).toEqual({ all: [{ cohort: 'staff' }, { any: [{ attribute: 'a', op: 'in', values: [] }, { attribute: '', op: 'in', values: [] }] }] })
})

test('options of a condition are kept and said', async () => {
  const person = userEvent.setup()
  const { latest } = show({ attribute: 'plan', op: 'in', values: ['pro'] })
  await person.click(screen.getByRole('button', { name: 'Options of this condition' }))
  await person.click(screen.getByRole('checkbox', { name: 'Ignore upper and lower case' }))
  await person.click(screen.getByRole('checkbox', { name: 'Holds where the attribute is missing' }))
  expect(latest()).toEqual({ attribute: 'plan', op: 'in', values: ['pro'], ignoreCase: true, ifMissing: true })
  expect(screen.getByText('in any case, or is missing')).toBeTruthy()
})

test('the view shows three values and the rest on demand', async () => {
  const person = userEvent.setup()
  renderUi(<ConditionView condition={{ attribute: 'country', op: 'in', values: ['DE', 'FR', 'NL', 'AT'] }} />)
  expect(screen.queryByText('AT')).toBeNull()
  await person.click(screen.getByRole('button', { name: 'Show 1 more value' }))
  expect(screen.getByText('AT')).toBeTruthy()
})
