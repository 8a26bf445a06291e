import { createClient } from '@assay/sdk'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ExperimentDetail } from '../contract/experiments.ts'
import { routes } from '../contract/routes.ts'
import { completeDraft, completeSetup } from '../testing/drafts.ts'
import { recordExperiment } from '../testing/recorded-experiment.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const params = { project: 'shop' }
let server: TestServer
let draft: ExperimentDetail
let running = ''

const item = async (id: string) => (await server.admin(routes.getExperiment, { params: { ...params, experiment: draft.key } })).body.checklist.find((found) => found.id === id)

beforeAll(async () => {
  server = await startTestServer()
  const recorded = await recordExperiment(server, { origin: new Date(Date.now() - 5 * 86_400_000), metrics: [{ key: 'bought' }, { key: 'returned', direction: 'decrease' }] })
  running = recorded.key
  const people = (from: number) => Array.from({ length: 100 }, (_, index) => `u${from + index}`)
  await recorded.expose('off', people(0))
  await recorded.expose('on', people(100), 48)
  for (const unit of people(50)) await recorded.track('bought', unit, undefined, 60)
  for (const unit of people(0).slice(0, 20)) await recorded.track('returned', unit, undefined, 60)
  const { body } = await server.admin(routes.getExperiment, { params: { ...params, experiment: running } })
  const [bought = '', returned = ''] = body.plan?.metrics.map(({ key }) => key) ?? []

  const variants = ['off', 'on'].map((variant) => ({ key: variant, value: variant }))
  await server.admin(routes.createFlag, { params, body: { key: 'express-pay', name: 'Express pay', kind: 'experiment', type: 'string', variants } })
  const hypothesis = await server.admin(routes.createHypothesis, { params, body: { ...completeDraft(), primaryMetric: bought, guardrails: [{ metric: returned, margin: 0.05 }], secondaryMetrics: [], minimumEffect: 0.1 } })
  const created = await server.admin(routes.createExperiment, { params, body: { hypothesis: hypothesis.body.key, setup: { ...completeSetup(), plannedUnits: 500 } } })
  expect(created.error).toBeNull()
  draft = created.body
})
afterAll(() => server.close())

test('what the metrics were lately says whether the planned people are enough, for the effect and for the limits', async () => {
  const power = await item('power')
  expect(power?.evidence).toMatch(/^bought was 50% for 200 people in the last two weeks\. To see a change of 10% takes [\d,]+ people\. Each of the 2 metrics is sized for 90%, so that all pass together in 80%\. 500 are planned, which leaves a chance of [\d.]+% to see it\.$/)
  expect(power).toMatchObject({ state: 'warning', fix: expect.stringMatching(/^Plan for [\d,]+ people, or for a larger effect\.$/) })
  expect(await item('margins')).toMatchObject({ state: 'warning', evidence: expect.stringMatching(/^returned: limit 5%, can be shown from [\d.]+%\./) })
})

test('the people that were seen say how long it takes', async () => {
  expect((await item('traffic'))?.evidence).toMatch(/^200 people were seen here in 2 days, of any cohort: 500 take about \d+ days at 100%, if new people keep coming as in the last week\.$/)
})

test('an experiment that decides by the same metric is named', async () => {
  expect(await item('same-metric')).toMatchObject({ state: 'warning', evidence: expect.stringContaining(`${running} decides by`) })
})

test('a service that evaluates is one that asks, and what staging served was met before', async () => {
  expect(await item('sdk')).toMatchObject({ state: 'blocker' })
  expect(await item('seen-below')).toMatchObject({ state: 'warning', evidence: 'Nobody was served on in development and staging in the last two weeks.' })
  for (const environment of ['staging', 'production']) {
    const flag = (await server.admin(routes.getFlag, { params: { ...params, flag: 'express-pay' } })).body.environments.find((state) => state.environment === environment)
    if (!flag) throw new Error(`The flag is not in ${environment}.`)
    await server.admin(routes.saveTargeting, { params: { ...params, flag: 'express-pay', environment }, body: { basedOn: flag.revision, targeting: { ...flag.targeting, enabled: true, fallthrough: { variant: environment === 'staging' ? 'on' : 'off' } } } })
    const client = createClient({ url: server.url, key: await server.key('server', environment), logger: { warn: () => undefined } })
    await client.ready()
    client.getString('express-pay', 'off', { targetingKey: 'u1' })
    await client.close()
  }
  expect(await item('sdk')).toMatchObject({ state: 'ok' })
  expect(await item('seen-below')).toMatchObject({ state: 'ok', evidence: 'on was served in staging in the last two weeks.' })
})

test('while the event store is away the checklist says what it does not know', async () => {
  const away = await startTestServer({ events: false })
  for (const metric of ['orders', 'refunds', 'revenue']) await away.admin(routes.createMetric, { params, body: { key: metric, name: metric, description: '', type: 'conversion', event: metric, direction: 'increase', unitLabel: '', windowHours: null } })
  await away.admin(routes.createFlag, { params, body: { key: 'express-pay', name: 'x', kind: 'experiment', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })
  const hypothesis = await away.admin(routes.createHypothesis, { params, body: completeDraft() })
  const { body } = await away.admin(routes.createExperiment, { params, body: { hypothesis: hypothesis.body.key, setup: completeSetup() } })
  const unknown = body.checklist.filter(({ evidence }) => evidence.startsWith('The event store does not answer')).map(({ id, state }) => [id, state])
  expect(unknown).toEqual([['power', 'warning'], ['traffic', 'warning'], ['seen-below', 'warning']])
  await away.close()
})

test('what was measured lately is asked once a minute, however often the page is', async () => {
  const asked = vi.spyOn(server.deps.events, 'query')
  const clock = vi.spyOn(server.deps, 'now')
  const heavy = async (minutes: number) => {
    clock.mockReturnValue(new Date(start + minutes * 60_000))
    asked.mockClear()
    await item('traffic')
    return asked.mock.calls.filter(([{ query }]) => query.includes('uniqCombined64Merge')).length
  }
  const start = Date.now()
  expect([await heavy(2), await heavy(2), await heavy(2.9), await heavy(3)]).toEqual([1, 0, 0, 1])
  clock.mockRestore()
  asked.mockRestore()
})
