import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../contract/routes.ts'
import type { HypothesisDraft } from '../contract/hypotheses.ts'
import { recordExperiment } from '../testing/recorded-experiment.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const EACH = 200

describe.each(['pglite', 'postgres'] as const)('learnings on %s', (database) => {
  let server: TestServer
  const params = { project: 'shop' }
  beforeAll(async () => { server = await startTestServer({ database }) })
  afterAll(() => server.close())

  /** An analysed experiment in which so many of 200 people of each arm did what counts; its key. */
  async function concluded(draft: Partial<HypothesisDraft>, off: number, on: number) {
    const experiment = await recordExperiment(server, { metrics: [{ key: 'bought' }], draft: { minimumEffect: 0.1, ...draft, guardrails: [] }, setup: { plannedUnits: 2 * EACH }, origin: new Date('2026-03-02T08:00:00.000Z') })
    for (const [arm, bought] of [['off', off], ['on', on]] as const) {
      const people = Array.from({ length: EACH }, (_, i) => `${arm}-${i}`)
      await experiment.expose(arm, people)
      for (const unit of people.slice(0, bought)) await experiment.track('bought', unit)
    }
    return { ...(await experiment.analyse()), key: experiment.key }
  }
  async function decide(experiment: string, choice: 'ship' | 'remove' | 'iterate', learning: string) {
    const answer = await server.admin(routes.decideExperiment, { params: { ...params, experiment }, body: { choice, note: 'So it is.', learning } })
    expect(answer.error).toBeNull()
  }
  const list = async (query: Record<string, string> = {}) => {
    const { body, error } = await server.admin(routes.listLearnings, { params, query })
    expect(error).toBeNull()
    return body
  }

  test('a decision writes down what was believed, what was found and how far it may be relied on', async () => {
    const won = await concluded({ title: 'Express pay at checkout', change: 'offer express pay at checkout' }, 40, 100)
    await decide(won.key, 'ship', 'People left at the address form because of the form, not because of the price.')
    const lost = await concluded({ title: 'A countdown in the cart', change: 'show how long the cart stays reserved', because: 'people put their order off' }, 100, 40)
    await decide(lost.key, 'remove', 'Haste drives shoppers away from the cart.')
    const { learnings, total, wrongTotal } = await list()
    expect([total, wrongTotal]).toEqual([2, 1])
    expect(learnings).toMatchObject([
      { experiment: lost.key, hypothesis: lost.hypothesis, verdict: 'harmful', choice: 'remove', wrong: true, by: 'Ada Admin', replication: { state: 'none', hypotheses: [] } },
      {
        experiment: won.key, verdict: 'confirmed', choice: 'ship', wrong: false, text: 'People left at the address form because of the form, not because of the price.',
        belief: 'We believe that offer express pay at checkout for returning shoppers will raise bought by at least 10%, because most leave at the address form.', metric: { name: 'bought' },
      },
    ])
    expect(learnings[1]?.lift).toBeCloseTo(1.5, 12)
    expect(learnings[1]?.liftLower).toBeGreaterThan(0.2)
    expect(['moderate', 'strong']).toContain(learnings[1]?.evidence)
  })

  test('are searched by words, phrases and what must not be there, and show where they match', async () => {
    const { learnings } = await list({ search: 'form leaving' })
    expect(learnings.map(({ title }) => title)).toEqual(['Express pay at checkout'])
    expect(learnings[0]?.snippet?.filter(({ found }) => found).map(({ text }) => text)).toEqual(expect.arrayContaining(['form']))
    expect((await list({ search: '"stays reserved"' })).learnings).toHaveLength(1)
    expect((await list({ search: 'cart or form' })).learnings).toHaveLength(2)
    expect((await list({ search: 'shoppers -cart' })).learnings.map(({ title }) => title)).toEqual(['Express pay at checkout'])
    for (const search of ['the', 'no-such-word', "');--", '&|!:*']) expect((await list({ search })).learnings).toEqual([])
    expect((await list({ search: ' ' })).learnings).toHaveLength(2)
  })

  test('are filtered by verdict, evidence, metric and being wrong', async () => {
    const { learnings: [lost] } = await list()
    expect((await list({ wrong: 'true' })).learnings.map(({ experiment }) => experiment)).toEqual([lost?.experiment])
    expect((await list({ verdict: 'confirmed' })).learnings).toHaveLength(1)
    expect((await list({ metric: lost?.metric.key ?? '' })).learnings.map(({ experiment }) => experiment)).toEqual([lost?.experiment])
    expect((await list({ evidence: 'none' })).learnings).toEqual([])
    expect((await list({ contradicted: 'true' })).learnings).toEqual([])
    expect((await server.admin(routes.listLearnings, { params, query: { verdict: 'maybe' as 'none' } })).status).toBe(400)
  })

  test('similar hypotheses are shown while one is written, with what they taught', async () => {
    const { body } = await server.admin(routes.findSimilar, { params, body: { title: 'Express pay in the app', change: 'offering express payment', because: '' } })
    expect(body.hypotheses[0]).toMatchObject({ title: 'Express pay at checkout', level: 4, verdicts: [{ verdict: 'confirmed', status: 'decided' }], learnings: [{ wrong: false, text: expect.stringContaining('address form') as unknown }] })
    expect(body.hypotheses[0]?.shared).toBeGreaterThanOrEqual(2)
    const same = { title: 'Express pay at checkout', change: 'offer express pay at checkout', because: '' }
    const found = (await server.admin(routes.findSimilar, { params, body: same })).body.hypotheses
    const without = (await server.admin(routes.findSimilar, { params, body: { ...same, except: found[0]?.key ?? '' } })).body.hypotheses
    expect(without.map(({ key }) => key)).not.toContain(found[0]?.key)
    for (const nothing of ['', 'zebra', 'the of and', "' | & ! <->"]) expect((await server.admin(routes.findSimilar, { params, body: { title: nothing, change: '', because: '' } })).body.hypotheses).toEqual([])
  })

  test('a learning is found by what was learned from it, not only by its name', async () => {
    const { body } = await server.admin(routes.findSimilar, { params, body: { title: 'Haste', change: 'give shoppers time', because: 'haste drives them away' } })
    expect(body.hypotheses.map(({ title }) => title)).toEqual(['A countdown in the cart'])
  })

  test('the programme counts what is decided, and says why a number is missing', async () => {
    const { body, error } = await server.admin(routes.getProgramme, { params })
    expect(error).toBeNull()
    expect(body.sample).toMatchObject({ counted: 2, invalid: 0 })
    expect(body.winRate.value).toMatchObject({ wins: 1, decided: 2, rate: 0.5 })
    expect(body.metrics).toHaveLength(2)
    expect(body.calibration).toMatchObject({ value: null, sentence: expect.stringContaining('No forecast') as unknown })
    expect(body.holdouts).toEqual([])
    const viewer = await server.as('viewer')
    expect((await viewer(routes.getProgramme, { params })).status).toBe(200)
  })

  test('a holdout is measured from the exposures that services record for it', async () => {
    const shipped = (await list()).learnings.find(({ verdict }) => verdict === 'confirmed')
    const event = shipped?.metric.key ?? ''
    await server.admin(routes.createHoldout, { params, body: { key: 'longterm', name: 'Long term', unit: 'user', share: 50_000 } })
    expect((await server.admin(routes.getProgramme, { params })).body.holdouts).toMatchObject([{ key: 'longterm', environment: 'production', held: 0, open: 0, metrics: [], sentence: expect.stringContaining('Nobody has met') as unknown }])
    const at = new Date(Date.now() - 60_000).toISOString()
    const secret = await server.key()
    const items = (['held', 'open'] as const).flatMap((variant) => Array.from({ length: 200 }, (_, i) => {
      const unit = `${variant}-holdout-${i}`
      const bought = i < (variant === 'held' ? 40 : 140)
      return [
        { kind: 'exposure', id: crypto.randomUUID(), at, experiment: 'holdout:longterm', phase: 1, unitType: 'user', unit, variant },
        ...(bought ? [{ kind: 'event', id: crypto.randomUUID(), at: new Date(Date.now() - 30_000).toISOString(), name: event, units: { user: unit } }] : []),
      ]
    }).flat())
    const sent = await fetch(new URL('/sdk/v1/events', server.url), { method: 'POST', headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }, body: JSON.stringify({ sentAt: new Date().toISOString(), backfill: true, items }) })
    expect(await sent.json()).toMatchObject({ rejected: [] })
    const [reading] = (await server.admin(routes.getProgramme, { params })).body.holdouts
    expect(reading).toMatchObject({ held: 200, open: 200, share: 0.5, metrics: [{ metric: event }] })
    expect(reading?.metrics[0]?.effect?.lift).toBeCloseTo(2.5, 12)
    expect(reading?.metrics[0]?.effect?.lower).toBeGreaterThan(0)
  })
})
