import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Analysis } from '../contract/analysis.ts'
import { routes } from '../contract/routes.ts'
import { recordExperiment, type Recording } from '../testing/recorded-experiment.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { analysisJob } from './analysis.job.ts'
import { analyseExperiment } from './analysis.service.ts'

let server: TestServer
beforeAll(async () => { server = await startTestServer() })
afterAll(() => server.close())

/** Far enough back that every window has closed. */
const origin = new Date('2026-03-02T08:00:00.000Z')
const record = (recording: Omit<Recording, 'origin'> & { origin?: Date }) => recordExperiment(server, { origin, ...recording })
const units = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}-${i}`)

async function idOf(experiment: string): Promise<string> {
  return (await server.db.experiment.findFirstOrThrow({ where: { key: experiment }, select: { id: true } })).id
}
/** Analyses as if it were another time. */
async function analyseAt(experiment: string, now: string): Promise<Analysis> {
  return analyseExperiment({ ...server.deps, now: () => new Date(now) }, await idOf(experiment))
}
function levels(analysis: Analysis | null, metric = 0) {
  return Object.fromEntries((analysis?.metrics[metric]?.arms ?? []).map(({ arm, n, mean }) => [arm, { n, mean }]))
}

describe('estimates', () => {
  test('means and conversions are those of a calculation by hand', async () => {
    const experiment = await record({ metrics: [{ key: 'spent', type: 'mean' }, { key: 'bought' }], setup: { plannedUnits: 8 } })
    await experiment.expose('off', ['a1', 'a2', 'a3', 'a4'])
    await experiment.expose('on', ['b1', 'b2', 'b3', 'b4'])
    // Control 0, 10, 20, 30; treatment 10, 20, 30, 40: both vary by 166.67.
    for (const [unit, value] of [['a2', 10], ['a3', 12.5], ['a3', 7.5], ['a4', 30], ['b1', 10], ['b2', 20], ['b3', 30], ['b4', 40]] as const) await experiment.track('spent', unit, value)
    for (const unit of ['a1', 'b1', 'b1', 'b2', 'b3', 'stranger']) await experiment.track('bought', unit)

    const { analysis, people } = await experiment.analyse()
    const [spent, bought] = analysis?.metrics ?? []
    expect(people).toBe(8)
    expect(levels(analysis)).toEqual({ off: { n: 4, mean: 15 }, on: { n: 4, mean: 25 } })
    expect(spent?.arms.map((arm) => arm.variance)).toEqual([expect.closeTo(500 / 3, 12), expect.closeTo(500 / 3, 12)])
    expect(spent?.comparisons[0]).toMatchObject({ status: 'ok', diff: 10, se: expect.closeTo(9.128709291752769, 12), t: expect.closeTo(1.0954451150103321, 12), df: expect.closeTo(6, 12), lift: expect.closeTo(2 / 3, 12) })
    expect(levels(analysis, 1)).toEqual({ off: { n: 4, mean: 0.25 }, on: { n: 4, mean: 0.75 } })
    expect(bought?.arms[0]?.variance).toBeCloseTo(0.25, 12)
    expect(analysis).toMatchObject({ informationFraction: 1, firstExposureAt: experiment.at(0), lastExposureAt: experiment.at(0), crossedUnits: 0 })
  })

  test('large values with small differences keep their digits', async () => {
    const experiment = await record({ metrics: [{ key: 'balance', type: 'mean' }] })
    await experiment.expose('off', ['a1', 'a2', 'a3'])
    await experiment.expose('on', ['b1', 'b2', 'b3'])
    for (const [i, unit] of ['a1', 'a2', 'a3', 'b1', 'b2', 'b3'].entries()) await experiment.track('balance', unit, 1e9 + (i % 3) / 1000)
    const { analysis } = await experiment.analyse()
    expect(analysis?.metrics[0]?.arms[0]?.variance).toBeCloseTo(1e-6, 10)
  })

  test.each([['sums', 1.7e308], ['squares', 1e200]])('values whose %s are too large for a number give no answer, never a number', async (_, value) => {
    const experiment = await record({ metrics: [{ key: 'spent', type: 'mean' }], setup: { plannedUnits: 8 } })
    await experiment.expose('off', ['a1', 'a2', 'a3', 'a4'])
    await experiment.expose('on', ['b1', 'b2', 'b3', 'b4'])
    for (const [i, unit] of ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'b3', 'b4'].entries()) await experiment.track('spent', unit, 10 + i)
    // Stored before values had a limit.
    const name = (await server.admin(routes.getExperiment, { params: { project: 'shop', experiment: experiment.key } })).body.plan?.metrics[0]?.event
    const stored = await server.deps.events.query({ query: 'SELECT * FROM event FINAL WHERE name = {name:String} AND value = 14', query_params: { name }, format: 'JSONEachRow' })
    const [row] = await stored.json<object>()
    await server.deps.events.insert({ table: 'event', values: [0, 1].map(() => ({ ...row, id: randomUUID(), value })), format: 'JSONEachRow' })
    const { analysis } = await experiment.analyse()
    const [spent] = analysis?.metrics ?? []
    expect(spent?.arms[0]).toMatchObject({ arm: 'off', n: 4, mean: 11.5 })
    expect(spent?.arms[1]).toMatchObject({ arm: 'on', n: 4, variance: null })
    expect(spent?.comparisons[0]).toMatchObject({ status: 'invalid_input', diff: null, p: null, lift: null, chanceBetter: null })
    expect(analysis?.verdict).toMatchObject({ kind: 'inconclusive', final: false, reasons: [{ code: 'no_estimate' }] })
    expect(analysis?.verdict.sentence).toContain('its values are not usable numbers')
    expect(analysis?.daily.at(-1)).toMatchObject({ arm: 'on', lift: null, lower: null, upper: null })
  })

  test('an experiment that nobody has met has no numbers and no verdict', async () => {
    const experiment = await record({ metrics: [{ key: 'bought' }] })
    const { analysis } = await experiment.analyse()
    expect(analysis).toMatchObject({ firstExposureAt: null, daily: [], arms: [{ arm: 'off', n: 0 }, { arm: 'on', n: 0 }], verdict: { kind: 'inconclusive', final: false, reasons: [{ code: 'no_estimate' }] } })
  })
})

describe('what counts', () => {
  test('events count from the first exposure to the end of the window, which is open at its end', async () => {
    const experiment = await record({ metrics: [{ key: 'visits', type: 'mean', windowHours: 24 }] })
    await experiment.expose('off', ['a1', 'a2'])
    await experiment.expose('on', ['b1', 'b2'])
    await experiment.expose('on', ['b1'], 5)
    for (const hours of [-1, 24, 30]) await experiment.track('visits', 'b1', 100, hours)
    for (const hours of [0, 3, 24 - 1 / 3_600_000]) await experiment.track('visits', 'b1', 1, hours)
    expect(levels((await experiment.analyse()).analysis)).toEqual({ off: { n: 2, mean: 0 }, on: { n: 2, mean: 1.5 } })
  })

  test('people whose window is still open wait, but where the plan may be read at any time', async () => {
    for (const [mode, counted] of [['fixed', 2], ['group_sequential', 2], ['always_valid', 3]] as const) {
      const experiment = await record({ metrics: [{ key: 'bought', windowHours: 24 }, { key: 'stayed' }], setup: { mode } })
      await experiment.expose('off', ['a1', 'a2'])
      await experiment.expose('off', ['a3'], 30)
      await experiment.track('bought', 'a3', undefined, 31)
      const analysis = await analyseAt(experiment.key, experiment.at(40))
      expect(levels(analysis)['off'], mode).toEqual({ n: counted, mean: mode === 'always_valid' ? 1 / 3 : 0 })
      expect(levels(analysis, 1)['off']?.n).toBe(3)
      expect(analysis.arms[0]?.n).toBe(3)
    }
  })

  test('a stop ends the phase: what happens later does not count', async () => {
    const experiment = await record({ metrics: [{ key: 'bought' }], origin: new Date() })
    await experiment.expose('off', ['a1', 'a2'], -1)
    await experiment.expose('on', ['b1', 'b2'], -1)
    await experiment.track('bought', 'a1', undefined, -0.5)
    const stopped = await server.admin(routes.stopExperiment, { params: { project: 'shop', experiment: experiment.key }, body: { reason: 'Enough.' } })
    expect(levels(stopped.body.analysis)).toEqual({ off: { n: 2, mean: 0.5 }, on: { n: 2, mean: 0 } })
    const later = (Date.parse(stopped.body.endedAt ?? '') + 1000 - Date.parse(experiment.at(0))) / 3_600_000
    await experiment.expose('on', ['b3'], later)
    await experiment.track('bought', 'b1', undefined, later)
    expect(levels((await experiment.analyse()).analysis)).toEqual({ off: { n: 2, mean: 0.5 }, on: { n: 2, mean: 0 } })
  })

  test('an event that is sent again counts once, as it was received first, whatever the copy says', async () => {
    const experiment = await record({ metrics: [{ key: 'spent', type: 'mean' }] })
    await experiment.expose('off', ['a1'])
    await experiment.expose('on', ['b1'])
    const name = (await server.admin(routes.getExperiment, { params: { project: 'shop', experiment: experiment.key } })).body.plan?.metrics[0]?.event ?? ''
    const id = randomUUID()
    const event = { kind: 'event', id, at: experiment.at(1), name, units: { user: 'a1' }, value: 5 } as const
    await experiment.send([event])
    await experiment.send([event, event])
    await experiment.send([{ ...event, value: 70 }])
    await experiment.send([{ ...event, at: experiment.at(2), value: 900 }])
    await experiment.send([{ ...event, id: randomUUID() }])
    expect(levels((await experiment.analyse()).analysis)['off']).toEqual({ n: 1, mean: 10 })
  })

  test('an event that arrives late counts by its own time', async () => {
    const experiment = await record({ metrics: [{ key: 'bought' }] })
    await experiment.expose('off', ['a1'], 10)
    await experiment.track('bought', 'a1', undefined, 11)
    await experiment.expose('off', ['a2'], 10)
    await experiment.track('bought', 'a2', undefined, 9)
    expect(levels((await experiment.analyse()).analysis)['off']).toEqual({ n: 2, mean: 0.5 })
    // An earlier exposure that was delivered late moves the beginning.
    await experiment.expose('off', ['a2'], 8)
    const { analysis } = await experiment.analyse()
    expect(levels(analysis)['off']).toEqual({ n: 2, mean: 1 })
    expect(analysis?.firstExposureAt).toBe(experiment.at(8))
  })

  test('the unit of analysis is the unit of assignment', async () => {
    const projectParams = { project: 'shop' }
    const { body: project } = await server.admin(routes.getProject, { params: projectParams })
    await server.admin(routes.updateProject, { params: projectParams, body: { basedOn: project.revision, unitTypes: [...project.unitTypes, { key: 'company', attribute: 'company.id' }] } })
    const experiment = await record({ metrics: [{ key: 'bought', type: 'mean' }], setup: { unitType: 'company' } })
    const { body } = await server.admin(routes.getExperiment, { params: { project: 'shop', experiment: experiment.key } })
    const name = body.plan?.metrics[0]?.event ?? ''
    const exposure = (unit: string, variant: string) => ({ kind: 'exposure', id: randomUUID(), at: experiment.at(0), experiment: experiment.key, phase: 1, unitType: 'company', unit, variant }) as const
    const event = (company: string, user: string) => ({ kind: 'event', id: randomUUID(), at: experiment.at(1), name, units: { company, user }, value: 1 }) as const
    await experiment.send([exposure('c1', 'off'), exposure('c2', 'on'), event('c1', 'u1'), event('c1', 'u2'), event('c2', 'u3'), { ...event('c2', 'u4'), units: { user: 'c2' } }])
    expect(levels((await experiment.analyse()).analysis)).toEqual({ off: { n: 1, mean: 2 }, on: { n: 1, mean: 1 } })
  })
})

describe('people who meet more than one arm', () => {
  test('are left out of both and counted', async () => {
    const experiment = await record({ metrics: [{ key: 'bought' }] })
    await experiment.expose('off', ['a1', 'a2', 'both'])
    await experiment.expose('on', ['b1', 'both'], 2)
    await experiment.track('bought', 'both')
    const { analysis } = await experiment.analyse()
    expect(levels(analysis)).toEqual({ off: { n: 2, mean: 0 }, on: { n: 1, mean: 0 } })
    expect(analysis?.crossedUnits).toBe(1)
    expect(analysis?.verdict.warnings).toContainEqual({ code: 'crossed_units' })
  })

  test('make an experiment invalid when they are many', async () => {
    const experiment = await record({ metrics: [{ key: 'bought' }] })
    await experiment.expose('off', units('a', 100))
    await experiment.expose('on', [...units('b', 100), ...units('a', 10)])
    const { analysis } = await experiment.analyse()
    expect(analysis).toMatchObject({ crossedUnits: 10, verdict: { kind: 'invalid', final: false, reasons: [{ code: 'multiple_exposure' }] } })
  })
})

describe('links between units', () => {
  let linked: TestServer
  beforeAll(async () => { linked = await startTestServer() })
  afterAll(() => linked.close())

  const link = (at: string, anonymousId: string, userId: string) => ({ kind: 'link', id: randomUUID(), at, anonymousId, userId }) as const

  test('let later events of a user count for the unit that was exposed first', async () => {
    const experiment = await recordExperiment(linked, { metrics: [{ key: 'spent', type: 'mean' }], origin })
    await experiment.expose('off', ['anonymous'])
    await experiment.expose('on', ['other'])
    await experiment.send([link(experiment.at(5), 'anonymous', 'user')])
    await experiment.track('spent', 'anonymous', 1, 1)
    await experiment.track('spent', 'user', 100, 4)
    await experiment.track('spent', 'user', 10, 6)
    expect(levels((await experiment.analyse()).analysis)).toEqual({ off: { n: 1, mean: 11 }, on: { n: 1, mean: 0 } })
  })

  test('make one person of units in the same arm', async () => {
    const experiment = await recordExperiment(linked, { metrics: [{ key: 'spent', type: 'mean' }], origin })
    await experiment.expose('off', ['phone'], 0)
    await experiment.expose('off', ['laptop'], 2)
    await experiment.expose('off', ['owner'], 3)
    await experiment.expose('on', ['someone'])
    await experiment.send([link(experiment.at(1), 'phone', 'owner'), link(experiment.at(4), 'laptop', 'owner'), link(experiment.at(5), 'tablet', 'owner')])
    for (const unit of ['phone', 'laptop', 'owner', 'tablet']) await experiment.track('spent', unit, 1, 10)
    await experiment.track('spent', 'tablet', 1000, 4.5)
    expect(levels((await experiment.analyse()).analysis)).toEqual({ off: { n: 1, mean: 4 }, on: { n: 1, mean: 0 } })
  })

  test('of a user with units of two arms make a person who crossed, also where the second link goes to somebody else first', async () => {
    const experiment = await recordExperiment(linked, { metrics: [{ key: 'bought' }], origin })
    await experiment.expose('off', ['left', 'shared', 'alone'])
    await experiment.expose('on', ['right', 'second', 'apart'])
    await experiment.send([link(experiment.at(1), 'left', 'both'), link(experiment.at(2), 'right', 'both'), link(experiment.at(1), 'shared', 'first'), link(experiment.at(2), 'shared', 'second')])
    const { analysis } = await experiment.analyse()
    expect(levels(analysis)).toMatchObject({ off: { n: 1 }, on: { n: 1 } })
    // `left` and `right` are one person; `shared` and `second` are two who met both.
    expect(analysis?.crossedUnits).toBe(3)
  })
})

describe('verdicts', () => {
  async function measured(recording: Partial<Recording>, off: [people: number, bought: number], on: [people: number, bought: number]) {
    const experiment = await record({ metrics: [{ key: 'bought' }], ...recording })
    for (const [arm, [people, bought]] of [['off', off], ['on', on]] as const) {
      const all = units(arm, people)
      await experiment.expose(arm, all)
      const { plan } = (await server.admin(routes.getExperiment, { params: { project: 'shop', experiment: experiment.key } })).body
      const event = plan?.metrics[0]?.event ?? ''
      await experiment.send(all.slice(0, bought).map((unit) => ({ kind: 'event', id: randomUUID(), at: experiment.at(1), name: event, units: { user: unit } })))
    }
    return experiment
  }

  test('confirmed, with the summary of the list', async () => {
    const experiment = await measured({ setup: { plannedUnits: 800 } }, [400, 100], [400, 180])
    const { analysis, verdict, people } = await experiment.analyse()
    expect(analysis?.verdict).toMatchObject({ kind: 'confirmed', final: true, reasons: [{ code: 'primary_improved', arm: 'on' }, { code: 'at_least_mde', arm: 'on' }] })
    expect({ verdict, people }).toEqual({ verdict: { kind: 'confirmed', final: true, sentence: analysis?.verdict.sentence }, people: 800 })
    const { body } = await server.admin(routes.listExperiments, { params: { project: 'shop' } })
    expect(body.experiments.find((item) => item.key === experiment.key)).toMatchObject({ people: 800, verdict: { kind: 'confirmed' } })
  })

  test('harmful', async () => {
    const { analysis } = await (await measured({ setup: { plannedUnits: 800 } }, [400, 180], [400, 100])).analyse()
    expect(analysis?.verdict).toMatchObject({ kind: 'harmful', final: true, reasons: [{ code: 'primary_worse', arm: 'on' }] })
  })

  test('running, before a fixed plan has its people', async () => {
    const { analysis } = await (await measured({ setup: { plannedUnits: 2000 } }, [400, 100], [400, 180])).analyse()
    expect(analysis?.verdict).toMatchObject({ kind: 'inconclusive', final: false, reasons: [{ code: 'running', arm: 'on' }] })
  })

  test('invalid, where the arms did not fill as planned', async () => {
    const { analysis } = await (await measured({ setup: { plannedUnits: 800 } }, [480, 100], [320, 180])).analyse()
    expect(analysis?.srm).toMatchObject({ chi2: 32, df: 1, expected: [{ arm: 'off', share: 0.5 }, { arm: 'on', share: 0.5 }] })
    expect(analysis?.verdict).toMatchObject({ kind: 'invalid', final: false, reasons: [{ code: 'srm' }] })
  })

  test('invalid numbers are hidden, and whoever looks at them all the same is in the audit', async () => {
    const experiment = await measured({ setup: { plannedUnits: 800 } }, [480, 100], [320, 180])
    const params = { project: 'shop', experiment: experiment.key }
    expect((await server.admin(routes.showNumbers, { params })).error?.message).toBe(`The numbers of ${experiment.key} are not hidden.`)
    await experiment.analyse()
    expect((await (await server.as('viewer'))(routes.showNumbers, { params })).status).toBe(204)
    const { body } = await server.admin(routes.listAudit, { params, query: { kind: 'experiment', key: experiment.key } })
    expect(body.entries[0]).toMatchObject({ action: 'experiment.numbers_shown', environment: 'production', after: { verdict: { kind: 'invalid' } }, actor: { name: expect.stringMatching(/viewer/i) } })
  })

  test('always valid: read at any time, and the first final one stays on record', async () => {
    const experiment = await measured({ setup: { mode: 'always_valid', plannedUnits: null, plannedDays: null } }, [400, 100], [400, 200])
    const first = await experiment.analyse()
    expect(first.analysis?.metrics[0]?.comparisons[0]?.decidedBy?.method).toBe('always_valid')
    expect(first.analysis?.verdict).toMatchObject({ kind: 'confirmed', final: true })

    await experiment.expose('on', units('on-late', 400))
    await experiment.expose('off', units('off-late', 400))
    for (const unit of units('off-late', 100)) await experiment.track('bought', unit)
    const second = await experiment.analyse()
    expect(second.analysis?.verdict.kind).toBe('inconclusive')
    expect(second.verdict).toEqual({ kind: 'confirmed', final: true, sentence: first.analysis?.verdict.sentence })
  })

  test('group sequential: one look a day, whose verdict stands until the next, and one at the end', async () => {
    const experiment = await measured({ setup: { mode: 'group_sequential', plannedUnits: 1600 } }, [400, 160], [400, 160])
    const id = await idOf(experiment.key)
    const looks = async () => (await server.db.analysisSnapshot.findMany({ where: { experimentId: id }, orderBy: { at: 'asc' } })).map(({ information, verdictKind }) => [information, verdictKind])

    const first = await analyseAt(experiment.key, '2026-04-01T08:00:00.000Z')
    expect(first.verdict).toMatchObject({ kind: 'inconclusive', final: false })
    expect(first.metrics[0]?.comparisons[0]?.decidedBy?.method).toBe('group_sequential')
    expect(await looks()).toEqual([[0.5, 'inconclusive']])

    const bought = (await server.admin(routes.getExperiment, { params: { project: 'shop', experiment: experiment.key } })).body.plan?.metrics[0]?.event ?? ''
    await experiment.send(units('on', 320).slice(160).map((unit) => ({ kind: 'event', id: randomUUID(), at: experiment.at(2), name: bought, units: { user: unit } })))
    const between = await analyseAt(experiment.key, '2026-04-01T20:00:00.000Z')
    expect(levels(between)['on']?.mean).toBe(0.8)
    expect(between.verdict).toMatchObject({ kind: 'inconclusive', final: false, sentence: first.verdict.sentence })
    expect(between.verdict.warnings).toContainEqual({ code: 'between_looks' })

    const second = await analyseAt(experiment.key, '2026-04-02T08:00:00.000Z')
    expect(second.verdict).toMatchObject({ kind: 'confirmed', final: true })
    // Both looks are on record: the boundary depends on them. They lie within 0.1 % of the information and so count as one.
    expect(await looks()).toEqual([[0.5, 'inconclusive'], [null, 'inconclusive'], [0.5, 'confirmed']])

    await experiment.expose('off', units('more-off', 400))
    await experiment.expose('on', units('more-on', 400))
    const last = await analyseAt(experiment.key, '2026-04-02T09:00:00.000Z')
    expect(last.informationFraction).toBe(1)
    expect(last.verdict.warnings).not.toContainEqual({ code: 'between_looks' })
    const again = await analyseAt(experiment.key, '2026-04-03T09:00:00.000Z')
    expect(again.metrics[0]?.comparisons[0]?.decidedBy).toEqual(last.metrics[0]?.comparisons[0]?.decidedBy)
    expect((await looks()).filter(([information]) => information !== null)).toEqual([[0.5, 'inconclusive'], [0.5, 'confirmed'], [1, last.verdict.kind]])
  })
})

describe('snapshots', () => {
  test('of one day the newest stays, and what rests on an older one', async () => {
    const experiment = await record({ metrics: [{ key: 'bought' }] })
    await experiment.expose('off', units('a', 10))
    for (const now of ['2026-04-01T08:00:00.000Z', '2026-04-01T09:00:00.000Z', '2026-04-02T08:00:00.000Z', '2026-04-02T09:00:00.000Z']) await analyseAt(experiment.key, now)
    const kept = await server.db.analysisSnapshot.findMany({ where: { experimentId: await idOf(experiment.key) }, orderBy: { at: 'asc' }, select: { at: true, planHash: true, engineVersion: true } })
    expect(kept.map(({ at }) => at.toISOString())).toEqual(['2026-04-01T09:00:00.000Z', '2026-04-02T09:00:00.000Z'])
    expect(kept.every(({ planHash, engineVersion }) => planHash.length === 64 && engineVersion !== '')).toBe(true)
  })

  test('the days of the primary metric end where its estimate stands', async () => {
    for (const type of ['conversion', 'mean'] as const) {
      const experiment = await record({ metrics: [{ key: 'spent', type }] })
      await experiment.expose('off', units('a', 60), 0)
      await experiment.expose('on', units('b', 60), 0)
      await experiment.expose('on', units('c', 40), 30)
      for (let i = 0; i < 20; i++) {
        await experiment.track('spent', `a-${i}`, 2, 3)
        await experiment.track('spent', `b-${i}`, 2, 3)
        await experiment.track('spent', `b-${i}`, 4, 50)
        await experiment.track('spent', `c-${i}`, 3, 60)
      }
      const { analysis } = await experiment.analyse()
      expect(analysis?.daily.map(({ day, arm, n }) => [day, arm, n])).toEqual([['2026-03-02', 'on', 60], ['2026-03-03', 'on', 100], ['2026-03-04', 'on', 100]])
      expect(analysis?.daily.map((day) => day.lift)).toEqual(type === 'conversion' ? [0, expect.closeTo(-0.4, 12), expect.closeTo(0.2, 12)] : [0, expect.closeTo(-0.4, 12), expect.closeTo(1.7, 12)])
      const last = analysis?.daily.at(-1)
      const estimate = analysis?.metrics[0]?.comparisons[0]
      expect(last?.lift).toBeCloseTo(estimate?.lift ?? NaN, 12)
      // Always valid, and so wider than the interval of the estimate.
      expect(last?.lower).toBeLessThan(estimate?.liftLower ?? NaN)
      expect(last?.upper).toBeGreaterThan(estimate?.liftUpper ?? NaN)
    }
  })
})

test('the job reads what runs or has just ended, and one that fails does not stop the others', async () => {
  const { db } = server
  const broken = await record({ metrics: [{ key: 'bought' }] })
  await db.experiment.update({ where: { id: await idOf(broken.key) }, data: { plan: '{' } })
  const ended = await record({ metrics: [{ key: 'bought' }] })
  const long = await record({ metrics: [{ key: 'bought' }] })
  const running = await record({ metrics: [{ key: 'bought' }] })
  for (const [key, endedAt] of [[ended.key, new Date(Date.now() - 60_000)], [long.key, new Date(Date.now() - 86_400_000)]] as const) await db.experiment.update({ where: { id: await idOf(key) }, data: { status: 'stopped', endedAt } })
  const logged: unknown[] = []
  const log = { ...server.deps.log, error: (details: unknown) => { logged.push(details) } } as unknown as typeof server.deps.log
  await analysisJob({ ...server.deps, log }).run(new AbortController().signal)
  const read = await Promise.all([broken, ended, long, running].map(async ({ key }) => db.analysisSnapshot.count({ where: { experimentId: await idOf(key) } })))
  expect(read).toEqual([0, 1, 0, 1])
  expect(logged).toMatchObject([{ experimentId: await idOf(broken.key) }])
  await db.experiment.delete({ where: { id: await idOf(broken.key) } })
})

test('the job leaves numbers to stand where nothing came in that they rest on, for an hour at most', async () => {
  const { db } = server
  await db.experiment.updateMany({ data: { status: 'stopped', endedAt: new Date(Date.now() - 86_400_000) } })
  const { key, expose, track } = await record({ metrics: [{ key: 'bought' }] })
  await expose('off', units('quiet', 5))
  const experimentId = await idOf(key)
  const start = Date.now()
  const minutes = (n: number) => new Date(start + n * 60_000)
  const readAt = async () => (await db.analysisSnapshot.findFirstOrThrow({ where: { experimentId }, orderBy: { at: 'desc' } })).at
  const runAt = (now: Date) => analysisJob({ ...server.deps, now: () => now }).run(new AbortController().signal)

  await runAt(minutes(5))
  await runAt(minutes(7))
  expect(await readAt()).toEqual(minutes(5))
  await runAt(minutes(65))
  expect(await readAt()).toEqual(minutes(65))

  const readAtMinute = (n: number) => db.analysisSnapshot.updateMany({ where: { experimentId }, data: { at: minutes(n) } })
  await readAtMinute(20)
  await db.experimentDeviation.create({ data: { experimentId, phase: 1, at: minutes(21), by: 'Ada Admin', what: 'coverage', registered: '1', now: '0.5', reason: 'Half of them.' } })
  await runAt(minutes(22))
  expect(await readAt()).toEqual(minutes(22))
  await db.experimentDeviation.deleteMany({ where: { experimentId } })

  await readAtMinute(-30)
  await track('bought', 'quiet-0', undefined, 1)
  await runAt(minutes(2))
  expect(await readAt()).toEqual(minutes(2))
})

test('while the event store is away the newest analysis stands, and a stop still stops', async () => {
  const away = await startTestServer({ events: false })
  const experiment = await recordExperiment(away, { metrics: [{ key: 'bought' }], origin })
  const params = { project: 'shop', experiment: experiment.key }
  const refused = await away.admin(routes.analyseExperiment, { params })
  expect([refused.status, refused.error?.code, refused.headers.get('retry-after')]).toEqual([503, 'storage_unavailable', '5'])
  const stopped = await away.admin(routes.stopExperiment, { params, body: { reason: 'Enough.' } })
  expect(stopped.body).toMatchObject({ status: 'stopped', analysis: null })
  await away.close()
})
