import { useRouterState } from '@tanstack/react-router'
import { fireEvent, screen } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { renderInProject } from '../../testing/render.tsx'
import { Keyboard } from './keyboard.tsx'
import { switchSingleKeys } from './single-keys.ts'

beforeEach(() => { localStorage.clear() })

function Where() {
  return <output>{useRouterState({ select: ({ location }) => location.href })}</output>
}

async function show() {
  const onOpen = vi.fn()
  const onEdit = vi.fn()
  renderInProject(
    <main>
      <Keyboard onOpen={onOpen} />
      <Where />
      <input aria-label="Search flags" />
      <button onClick={onEdit}>Edit</button>
      <ul><li><a href="#one">One</a></li><li><a href="#two">Two</a></li></ul>
    </main>,
  )
  const first = await screen.findByRole('link', { name: 'One' })
  const press = (key: string, more = {}) => fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more })
  return { onOpen, onEdit, first, press }
}

test('rows, search, editing and the list of keys are a key away', async () => {
  const { onOpen, onEdit, first, press } = await show()
  press('j')
  expect(document.activeElement).toBe(first)
  press('j')
  expect(document.activeElement?.textContent).toBe('Two')
  press('e')
  expect(onEdit).toHaveBeenCalledOnce()
  press('?', { shiftKey: true })
  expect(onOpen).toHaveBeenLastCalledWith('keys')
  press('/')
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Search flags')
})

test('in a field a letter is a letter, and Control with K still finds everything', async () => {
  const { onOpen, press } = await show()
  screen.getByLabelText('Search flags').focus()
  press('?')
  press('j')
  expect(onOpen).not.toHaveBeenCalled()
  expect(document.activeElement).toBe(screen.getByLabelText('Search flags'))
  press('k', { ctrlKey: true })
  expect(onOpen).toHaveBeenCalledExactlyOnceWith('palette')
})

test('switched off, only keys with Control or Command are commands', async () => {
  const { onOpen, onEdit, first, press } = await show()
  switchSingleKeys(localStorage, false)
  for (const key of ['j', 'e', '?']) press(key)
  expect(onEdit).not.toHaveBeenCalled()
  expect(document.activeElement).not.toBe(first)
  press('k', { metaKey: true })
  expect(onOpen).toHaveBeenCalledExactlyOnceWith('palette')
})

test('two keys one after the other lead to a page', async () => {
  const { press } = await show()
  press('g')
  press('d')
  expect(await screen.findByText('/p/shop/delivery')).toBeTruthy()
  press('n')
  press('f')
  expect(await screen.findByText('/p/shop/flags?new=flag')).toBeTruthy()
})
