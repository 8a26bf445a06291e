import type { FlagType, Json } from '@assay/sdk/core'
import type { Targeting } from '../contract/flags.ts'
import { routes } from '../contract/routes.ts'
import { connectSdk } from './connected-sdk.ts'
import { completeDraft, completeSetup } from './drafts.ts'
import type { TestServer } from './test-server.ts'

interface FlagSetup {
  type?: FlagType
  /** Values by variant. */
  variants?: Readonly<Record<string, Json>>
  clientVisible?: boolean
  /** On, and without rules, unless said otherwise. */
  targeting?: Partial<Targeting>
}

const production = 'production'

/** Makes a flag of the project `shop` that production serves. */
export async function serveFlag(server: TestServer, key: string, { type = 'boolean', variants = { off: false, on: true }, clientVisible = true, targeting = {} }: FlagSetup = {}): Promise<void> {
  const params = { project: server.project, flag: key }
  const list = Object.entries(variants).map(([variant, value]) => ({ key: variant, value }))
  const created = await succeeds(server.admin(routes.createFlag, { params, body: { key, name: key, kind: 'release', type, clientVisible, variants: list } }))
  const state = created.environments.find(({ environment }) => environment === production)
  if (!state) throw new Error(`${key} is not in ${production}`)
  const wanted = { ...state.targeting, enabled: true, ...targeting }
  await succeeds(server.admin(routes.saveTargeting, { params: { ...params, environment: production }, body: { basedOn: state.revision, targeting: wanted, reason: 'A test needs it.' } }))
}

/** Changes what a flag does in production. */
export async function changeFlag(server: TestServer, key: string, change: Partial<Targeting>): Promise<void> {
  const params = { project: server.project, flag: key }
  const flag = await succeeds(server.admin(routes.getFlag, { params }))
  const state = flag.environments.find(({ environment }) => environment === production)
  if (!state) throw new Error(`${key} is not in ${production}`)
  await succeeds(server.admin(routes.saveTargeting, { params: { ...params, environment: production }, body: { basedOn: state.revision, targeting: { ...state.targeting, ...change }, reason: 'A test needs it.' } }))
}

/** Makes a boolean flag with a running experiment of two halves, `off` and `on`, of all users; gives the experiment's key. */
export async function serveExperiment(server: TestServer, flag: string): Promise<string> {
  const params = { project: server.project }
  await serveFlag(server, flag)
  await connectSdk(server)
  await server.admin(routes.createMetric, { params, body: { key: 'orders', name: 'Orders', description: '', type: 'conversion', event: 'order', direction: 'increase', unitLabel: '', windowHours: null } })
  const hypothesis = await succeeds(server.admin(routes.createHypothesis, { params, body: { ...completeDraft(), maxExposure: 1, guardrails: [], secondaryMetrics: [] } }))
  const created = await succeeds(server.admin(routes.createExperiment, { params, body: { hypothesis: hypothesis.key, setup: { ...completeSetup(), flag } } }))
  return (await succeeds(server.admin(routes.startExperiment, { params: { ...params, experiment: created.key }, body: { basedOn: created.revision, sealing: created.sealing, reason: 'A test needs it.' } }))).key
}

async function succeeds<T>(answer: Promise<{ status: number; body: T; error: unknown }>): Promise<T> {
  const { status, body, error } = await answer
  if (status >= 300) throw new Error(`The server answered ${status}: ${JSON.stringify(error)}`)
  return body
}
