import { createMemoryHistory, createRootRoute, createRoute, createRouter, Outlet, RouterProvider } from '@tanstack/react-router'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { renderUi } from '../testing/render.tsx'
import { ErrorPage } from './error-page.tsx'
import { lazyPage } from './lazy-page.ts'

// The router says aloud what it shows.
beforeEach(() => { for (const level of ['error', 'warn'] as const) vi.spyOn(console, level).mockImplementation(() => undefined) })

const preloading = new Error('Unable to preload CSS for http://localhost:4000/assets/flags-page-abc.css')

function show(importer: () => Promise<{ Page: () => string }>): void {
  const root = createRootRoute({ component: Outlet })
  const page = createRoute({ getParentRoute: () => root, path: '/', component: lazyPage(importer, 'Page') })
  const router = createRouter({ routeTree: root.addChildren([page]), defaultErrorComponent: ErrorPage, history: createMemoryHistory() })
  // The product's own router is registered as the type of all routers.
  renderUi(<RouterProvider router={router as never} />)
}

test('a page that cannot be fetched while the server is away says so, and comes once it is back', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  const importer = vi.fn<() => Promise<{ Page: () => string }>>().mockRejectedValueOnce(preloading).mockResolvedValue({ Page: () => 'Flags' })
  show(importer)
  expect((await screen.findByRole('alert')).textContent).toContain('The server cannot be reached, so this page could not be fetched. Try again in a moment.')
  expect(screen.queryByText(/preload CSS/)).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText('Flags')).toBeTruthy()
})

test('where the server answers, everything is loaded anew', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('ok')))
  const reload = vi.fn()
  vi.stubGlobal('location', { ...window.location, reload })
  show(() => Promise.reject(preloading))
  expect((await screen.findByRole('alert')).textContent).toContain('perhaps because Assay was updated')
  await userEvent.click(screen.getByRole('button', { name: 'Load anew' }))
  expect(reload).toHaveBeenCalledTimes(1)
})

test('a part of a page that cannot be fetched says the same', async () => {
  function Page(): string { throw new TypeError('Failed to fetch dynamically imported module: http://localhost:4000/assets/dialog-abc.js') }
  show(() => Promise.resolve({ Page }))
  expect((await screen.findByRole('alert')).textContent).toContain('The server cannot be reached')
})
