import { routes } from '../contract/routes.ts'
import type { ApiClient } from './api-client.ts'
import { demoCohorts, demoFlags, type DemoFlag } from './demo-flags.ts'
import { type DemoExperiment, demoMetrics } from './demo-hypotheses.ts'

/** Colleagues with the other roles, so that each can be tried: they share the owner's password. */
const COLLEAGUES = [
  { name: 'Product owner', email: 'product-owner@example.com', role: 'product_owner' },
  { name: 'Engineer', email: 'engineer@example.com', role: 'engineer' },
  { name: 'Viewer', email: 'viewer@example.com', role: 'viewer' },
] as const

/** Invites the colleagues and accepts for them; `as` gives the client of one. */
export async function createColleagues(owner: ApiClient, project: string, password: string, newClient: () => ApiClient) {
  const clients = new Map<string, ApiClient>()
  for (const { name, email, role } of COLLEAGUES) {
    const { link } = await owner.call(routes.inviteMember, { params: { project }, body: { name, email, role } })
    const token = new URL(link, 'http://localhost').searchParams.get('token') ?? ''
    const client = newClient()
    await client.call(routes.acceptInvitation, { body: { token, password } })
    clients.set(role, client)
  }
  const as = (role: (typeof COLLEAGUES)[number]['role']): ApiClient => clients.get(role) ?? owner
  return { as, emails: COLLEAGUES.map(({ email }) => email) }
}

/** Metrics, cohorts and flags with what each flag does in the three environments. */
export async function createCatalogue(api: ApiClient, project: string): Promise<void> {
  const params = { project }
  for (const body of demoMetrics) await api.call(routes.createMetric, { params, body })
  for (const body of demoCohorts) await api.call(routes.createCohort, { params, body })
  for (const flag of demoFlags) await createFlag(api, project, flag)
}

async function createFlag(api: ApiClient, project: string, { flag, targeting }: DemoFlag): Promise<void> {
  const { environments } = await api.call(routes.createFlag, { params: { project }, body: flag })
  for (const [environment, wanted] of Object.entries(targeting)) {
    const current = environments.find((each) => each.environment === environment)
    if (!current) throw new Error(`There is no environment ${environment}.`)
    await api.call(routes.saveTargeting, {
      params: { project, flag: flag.key, environment },
      body: { basedOn: current.revision, targeting: { ...current.targeting, ...wanted, enabled: true } },
    })
  }
}

/** Writes a hypothesis down and drafts its experiment; the key of the experiment. */
export async function draftExperiment(api: ApiClient, project: string, { hypothesis, setup }: DemoExperiment): Promise<string> {
  const params = { project }
  const { key } = await api.call(routes.createHypothesis, { params, body: hypothesis })
  return (await api.call(routes.createExperiment, { params, body: { hypothesis: key, setup } })).key
}

/** Somebody takes on the removal of the code that a decision left, and has completed it where there is a note. */
export async function takeTasksOn(api: ApiClient, project: string, experiment: string, assignee: string, note?: string): Promise<void> {
  const { tasks } = await api.call(routes.listTasks, { params: { project }, query: { experiment, state: 'open' } })
  const task = tasks.find(({ kind }) => kind === 'remove_code')
  if (!task) return
  const params = { project, task: task.key }
  const { revision } = await api.call(routes.saveTask, { params, body: { basedOn: task.revision, assignee } })
  if (note !== undefined) await api.call(routes.completeTask, { params, body: { basedOn: revision, note } })
}
