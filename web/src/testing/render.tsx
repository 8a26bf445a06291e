import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, Outlet, RouterProvider } from '@tanstack/react-router'
import { render, type RenderResult } from '@testing-library/react'
import type { ReactElement } from 'react'
import type { Me, Project, ReviewPolicy } from '@assay/server/contract'

/** Shows a component that needs neither data nor routes. */
export function renderUi(ui: ReactElement): RenderResult {
  const result = render(wrapped(ui))
  return { ...result, rerender: (next) => { result.rerender(wrapped(next as ReactElement)) } }
}

function wrapped(ui: ReactElement): ReactElement {
  return <MantineProvider env="test">{ui}</MantineProvider>
}

/** Anybody may change targeting, without a review. */
export const openPolicy: ReviewPolicy = { approvals: 0, approvers: ['engineer', 'admin'], requireReason: false }

export const testProject: Project = {
  key: 'shop',
  name: 'Shop',
  unitTypes: [{ key: 'user', attribute: 'targetingKey' }, { key: 'company', attribute: 'company.id' }],
  bots: [],
  revision: 3,
  environments: [
    { key: 'development', name: 'Development', production: false, position: 0, policy: openPolicy, ofrepExtras: true, revision: 1, rulesetVersion: 1 },
    { key: 'staging', name: 'Staging', production: false, position: 1, policy: openPolicy, ofrepExtras: true, revision: 1, rulesetVersion: 1 },
    { key: 'production', name: 'Production', production: true, position: 2, policy: openPolicy, ofrepExtras: true, revision: 1, rulesetVersion: 1 },
  ],
}

export const testMe: Me = { id: '0', email: 'ada@example.com', name: 'Ada Admin', projects: [{ key: 'shop', name: 'Shop', role: 'admin' }] }

interface InProject {
  /** Path below `/p/shop`, such as `/flags`. */
  path?: string
  me?: Me
  /** What queries already hold, by key: they never ask the server. */
  data?: readonly (readonly [key: readonly unknown[], value: unknown])[]
}

/** Shows a component inside the project `shop`, with somebody signed in. Wait for what it shows: routes load later. */
export function renderInProject(ui: ReactElement, { path = '/', me = testMe, data = [] }: InProject = {}): RenderResult & { client: QueryClient } {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } })
  client.setQueryData(['me'], me)
  client.setQueryData(['project', 'shop'], testProject)
  for (const [key, value] of data) client.setQueryData(key, value)
  const root = createRootRoute({ component: Outlet, notFoundComponent: () => null })
  const project = createRoute({ getParentRoute: () => root, path: '/p/$project', component: Outlet })
  const flag = createRoute({ getParentRoute: () => project, path: '/flags/$flag/$tab', component: () => ui })
  const rest = createRoute({ getParentRoute: () => project, path: '/$', component: () => ui })
  const start = createRoute({ getParentRoute: () => project, path: '/', component: () => ui })
  const router = createRouter({ routeTree: root.addChildren([project.addChildren([start, flag, rest])]), history: createMemoryHistory({ initialEntries: [`/p/shop${path}`] }) })
  const result = render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        {/* The product's own router is registered as the type of all routers. */}
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </MantineProvider>,
  )
  return { ...result, client }
}
