import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { renderInProject } from '../../testing/render.tsx'
import { SettingsNav } from './settings-nav.tsx'

test('settings are found and opened by keyboard', async () => {
  vi.spyOn(window, 'scrollTo').mockReturnValue()
  renderInProject(<SettingsNav section="members" />, { path: '/settings/members' })
  const field = await screen.findByRole('combobox', { name: 'Search the settings' })
  expect(screen.getByRole('link', { name: 'Members' }).getAttribute('aria-current')).toBe('page')
  await userEvent.type(field, 'sign')
  const options = screen.getAllByRole('option')
  expect(options.length).toBeGreaterThan(1)
  expect(field.getAttribute('aria-activedescendant')).toBe(options[0]?.id)
  await userEvent.keyboard('{ArrowDown}')
  expect(screen.getByRole('option', { selected: true })).toBe(options[1])
  await userEvent.keyboard('{Enter}')
  expect(field).toHaveProperty('value', '')
  expect(screen.queryByRole('listbox')).toBeNull()
})

test('what is called nothing is said, and Escape gives the parts back', async () => {
  vi.spyOn(window, 'scrollTo').mockReturnValue()
  renderInProject(<SettingsNav section="keys" />, { path: '/settings/keys' })
  await userEvent.type(await screen.findByRole('combobox'), 'banana')
  expect(screen.getByRole('status').textContent).toBe('No setting is called “banana”.')
  await userEvent.keyboard('{Escape}')
  expect(screen.getByRole('link', { name: 'SDK keys' })).toBeTruthy()
})
