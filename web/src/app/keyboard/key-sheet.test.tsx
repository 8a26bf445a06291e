import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { renderUi } from '../../testing/render.tsx'
import { allShortcuts, keyMap } from './key-map.ts'
import { KeySheet } from './key-sheet.tsx'
import { areSingleKeysOn } from './single-keys.ts'

beforeEach(() => { localStorage.clear() })

test('the sheet lists every key of the map, in its groups', async () => {
  renderUi(<KeySheet onClose={() => undefined} />)
  for (const { label, shortcuts } of keyMap) {
    const group = within(await screen.findByRole('region', { name: label }))
    expect(group.getAllByRole('definition').map(({ textContent }) => textContent)).toEqual(shortcuts.map(({ does }) => does))
  }
  expect(screen.getAllByRole('definition')).toHaveLength(allShortcuts.length)
})

test('keys pressed alone are switched off, and it is remembered', async () => {
  renderUi(<KeySheet onClose={() => undefined} />)
  const single = await screen.findByRole('switch', { name: /^Keys pressed alone/ })
  await userEvent.click(single)
  expect(areSingleKeysOn(localStorage)).toBe(false)
  expect(screen.getByText('Next row').textContent).toContain('(off)')
  expect(screen.getByText('Search, or run a command').textContent).not.toContain('(off)')
  await userEvent.click(single)
  expect(areSingleKeysOn(localStorage)).toBe(true)
})
