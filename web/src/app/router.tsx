import { createRootRoute, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router'
import { routes } from '@assay/server/contract'
import { ApiError, call } from '../api/client.ts'
import { projectQuery } from '../api/project.ts'
import { queryClient } from '../api/query-client.ts'
import { meQuery } from '../api/session.ts'
import { auditSearch } from '../features/audit/audit-search.ts'
import { deliverySearch } from '../features/delivery/delivery-search.ts'
import { playgroundSearch } from '../features/playground/playground-search.ts'
import { Loading } from '../ui/loading.tsx'
import { ErrorPage } from './error-page.tsx'
import { lazyPage } from './lazy-page.ts'
import { NotFoundPage } from './not-found-page.tsx'

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
/** An address that holds these texts, each or none. */
const texts = <Name extends string>(...names: Name[]) => (search: Record<string, unknown>) => Object.fromEntries(names.map((name) => [name, text(search[name])])) as { [name in Name]?: string | undefined }

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: ErrorPage })

// Before anybody is signed in.
const setup = createRoute({ getParentRoute: () => root, path: '/setup', validateSearch: texts('token'), component: lazyPage(() => import('../features/account/setup-page.tsx'), 'SetupPage') })
const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', validateSearch: texts('next'), component: lazyPage(() => import('../features/account/sign-in-page.tsx'), 'SignInPage') })
const accept = createRoute({ getParentRoute: () => root, path: '/accept', validateSearch: texts('token'), component: lazyPage(() => import('../features/account/accept-page.tsx'), 'AcceptPage') })

/** Everything below is for somebody signed in; others are sent to the page that helps them. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  async beforeLoad({ location }) {
    try {
      return { me: await queryClient.ensureQueryData(meQuery) }
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error
      const { needed } = await call(routes.getSetup, {})
      throw needed ? redirect({ to: '/setup' }) : redirect({ to: '/sign-in', search: { next: location.href === '/' ? undefined : location.href } })
    }
  },
})

const index = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  beforeLoad({ context }) {
    const [first] = context.me.projects
    if (first) throw redirect({ to: '/p/$project', params: { project: first.key } })
  },
  component: lazyPage(() => import('../features/account/no-project-page.tsx'), 'NoProjectPage'),
})

const project = createRoute({
  getParentRoute: () => signedIn,
  path: '/p/$project',
  loader: ({ params }) => queryClient.ensureQueryData(projectQuery(params.project)),
  component: lazyPage(() => import('./shell.tsx'), 'Shell'),
  pendingComponent: Loading,
})

const home = createRoute({ getParentRoute: () => project, path: '/', component: lazyPage(() => import('../features/home/home-page.tsx'), 'HomePage') })

const inbox = createRoute({ getParentRoute: () => project, path: '/inbox', component: lazyPage(() => import('../features/inbox/inbox-page.tsx'), 'InboxPage') })
const firstFlag = createRoute({ getParentRoute: () => project, path: '/first-flag', component: lazyPage(() => import('../features/onboarding/first-flag-page.tsx'), 'FirstFlagPage') })

const hypotheses = createRoute({ getParentRoute: () => project, path: '/hypotheses', validateSearch: texts('view', 'q'), component: lazyPage(() => import('../features/hypotheses/hypotheses-page.tsx'), 'HypothesesPage') })
const newHypothesis = createRoute({ getParentRoute: () => project, path: '/hypotheses/new', validateSearch: texts('from', 'kind'), component: lazyPage(() => import('../features/hypotheses/hypothesis-wizard-page.tsx'), 'HypothesisWizardPage') })
const hypothesis = createRoute({ getParentRoute: () => project, path: '/hypotheses/$hypothesis', component: lazyPage(() => import('../features/hypotheses/hypothesis-page.tsx'), 'HypothesisPage') })
const editHypothesis = createRoute({
  getParentRoute: () => project,
  path: '/hypotheses/$hypothesis/edit',
  validateSearch: texts('step'),
  component: lazyPage(() => import('../features/hypotheses/hypothesis-wizard-page.tsx'), 'HypothesisWizardPage'),
})

const experiments = createRoute({ getParentRoute: () => project, path: '/experiments', validateSearch: texts('view', 'q'), component: lazyPage(() => import('../features/experiments/experiments-page.tsx'), 'ExperimentsPage') })
const experimentPage = lazyPage(() => import('../features/experiments/experiment-page.tsx'), 'ExperimentPage')
const experiment = createRoute({ getParentRoute: () => project, path: '/experiments/$experiment', validateSearch: texts('split'), component: experimentPage })
const experimentTab = createRoute({ getParentRoute: () => project, path: '/experiments/$experiment/$tab', validateSearch: texts('split'), component: experimentPage })

/** On paper there is nothing around it. */
const report = createRoute({
  getParentRoute: () => signedIn,
  path: '/p/$project/experiments/$experiment/report',
  loader: ({ params }) => queryClient.ensureQueryData(projectQuery(params.project)),
  component: lazyPage(() => import('../features/experiments/report/report-page.tsx'), 'ReportPage'),
  pendingComponent: Loading,
})

const cohorts = createRoute({ getParentRoute: () => project, path: '/cohorts', component: lazyPage(() => import('../features/cohorts/cohorts-page.tsx'), 'CohortsPage') })
const newCohort = createRoute({ getParentRoute: () => project, path: '/cohorts/new', component: lazyPage(() => import('../features/cohorts/new-cohort-page.tsx'), 'NewCohortPage') })
const cohort = createRoute({ getParentRoute: () => project, path: '/cohorts/$cohort', component: lazyPage(() => import('../features/cohorts/cohort-page.tsx'), 'CohortPage') })

const metrics = createRoute({ getParentRoute: () => project, path: '/metrics', component: lazyPage(() => import('../features/metrics/metrics-page.tsx'), 'MetricsPage') })
const metric = createRoute({ getParentRoute: () => project, path: '/metrics/$metric', component: lazyPage(() => import('../features/metrics/metric-page.tsx'), 'MetricPage') })

const learnings = createRoute({
  getParentRoute: () => project,
  path: '/learnings',
  validateSearch: texts('q', 'verdict', 'evidence', 'metric', 'show'),
  component: lazyPage(() => import('../features/learnings/learnings-page.tsx'), 'LearningsPage'),
})
const programme = createRoute({ getParentRoute: () => project, path: '/programme', component: lazyPage(() => import('../features/programme/programme-page.tsx'), 'ProgrammePage') })
const tasks = createRoute({ getParentRoute: () => project, path: '/tasks', validateSearch: texts('view'), component: lazyPage(() => import('../features/tasks/tasks-page.tsx'), 'TasksPage') })

const flags = createRoute({
  getParentRoute: () => project,
  path: '/flags',
  validateSearch: texts('view', 'q', 'kind', 'tag', 'owner', 'state', 'sort', 'order', 'new'),
  component: lazyPage(() => import('../features/flags/flags-page.tsx'), 'FlagsPage'),
})
const flag = createRoute({
  getParentRoute: () => project,
  path: '/flags/$flag',
  beforeLoad: ({ params, search }) => { throw redirect({ to: '/p/$project/flags/$flag/$tab', params: { ...params, tab: 'targeting' }, search }) },
})
const flagTab = createRoute({
  getParentRoute: () => project,
  path: '/flags/$flag/$tab',
  validateSearch: (search): { env?: string | undefined; hours?: number | undefined; from?: string | undefined; to?: string | undefined } => ({ env: text(search['env']), hours: Number(search['hours']) || undefined, from: text(search['from']), to: text(search['to']) }),
  component: lazyPage(() => import('../features/flags/flag-page.tsx'), 'FlagPage'),
})
const compare = createRoute({
  getParentRoute: () => project,
  path: '/compare',
  validateSearch: texts('from', 'to', 'all'),
  component: lazyPage(() => import('../features/flags/compare-page.tsx'), 'ComparePage'),
})

const changes = createRoute({
  getParentRoute: () => project,
  path: '/changes',
  validateSearch: texts('view', 'q', 'environment'),
  component: lazyPage(() => import('../features/changes/changes-page.tsx'), 'ChangesPage'),
})
const change = createRoute({ getParentRoute: () => project, path: '/changes/$change', component: lazyPage(() => import('../features/changes/change-page.tsx'), 'ChangePage') })
const playground = createRoute({
  getParentRoute: () => project,
  path: '/playground',
  validateSearch: playgroundSearch,
  component: lazyPage(() => import('../features/playground/playground-page.tsx'), 'PlaygroundPage'),
})
const layers = createRoute({ getParentRoute: () => project, path: '/layers', component: lazyPage(() => import('../features/layers/layers-page.tsx'), 'LayersPage') })

const audit = createRoute({
  getParentRoute: () => project,
  path: '/audit',
  validateSearch: auditSearch,
  component: lazyPage(() => import('../features/audit/audit-page.tsx'), 'AuditPage'),
})
const delivery = createRoute({
  getParentRoute: () => project,
  path: '/delivery',
  validateSearch: deliverySearch,
  component: lazyPage(() => import('../features/delivery/delivery-page.tsx'), 'DeliveryPage'),
})
const exportsPage = createRoute({
  getParentRoute: () => project,
  path: '/exports',
  validateSearch: texts('table', 'filters'),
  component: lazyPage(() => import('../features/exports/exports-page.tsx'), 'ExportsPage'),
})
const settings = createRoute({ getParentRoute: () => project, path: '/settings', beforeLoad: ({ params }) => { throw redirect({ to: '/p/$project/settings/$section', params: { ...params, section: 'members' } }) } })
const settingsSection = createRoute({ getParentRoute: () => project, path: '/settings/$section', validateSearch: texts('webhook'), component: lazyPage(() => import('../features/settings/settings-page.tsx'), 'SettingsPage') })

const routeTree = root.addChildren([
  setup,
  signIn,
  accept,
  signedIn.addChildren([
    index,
    report,
    project.addChildren([home, inbox, firstFlag, hypotheses, newHypothesis, hypothesis, editHypothesis, experiments, experiment, experimentTab, cohorts, newCohort, cohort, metrics, metric, learnings, programme, tasks, flags, flag, flagTab, compare, changes, change, playground, layers, delivery, audit, exportsPage, settings, settingsSection]),
  ]),
])

export const router = createRouter({ routeTree, defaultPreload: 'intent', defaultErrorComponent: ErrorPage, defaultNotFoundComponent: NotFoundPage, scrollRestoration: true })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
