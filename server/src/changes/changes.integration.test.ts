import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Change, ChangeSchedule } from '../contract/changes.ts'
import type { FlagEnvironment, Targeting, TargetingRule } from '../contract/flags.ts'
import type { ReviewPolicy } from '../contract/projects.ts'
import { routes } from '../contract/routes.ts'
import type { Api } from '../testing/api.ts'
import { startInstance, startTestServer, type TestServer } from '../testing/test-server.ts'
import { applyDueChanges } from './apply-change.service.ts'
import { changesJob } from './changes.job.ts'

const params = { project: 'shop' }
const signal = new AbortController().signal
const FREE: ReviewPolicy = { approvals: 0, approvers: ['engineer', 'admin'], requireReason: false }

describe.each(['pglite', 'postgres'] as const)('changes on %s', (database) => {
  let server: TestServer
  let engineer: Api
  let owner: Api
  /** How far the server's clock is ahead. */
  let ahead = 0
  let made = 0

  beforeAll(async () => {
    server = await startTestServer({ database, now: () => new Date(Date.now() + ahead) })
    engineer = await server.as('engineer')
    owner = await server.as('product_owner')
  })
  afterAll(() => server.close())

  const rule = (id: string, variant = 'on'): TargetingRule => ({ id, name: id, when: { attribute: 'plan', op: 'in', values: [id] }, serve: { variant } })
  const at = (flag: string, environment = 'staging') => ({ ...params, flag, environment })

  async function flag(): Promise<string> {
    made += 1
    const key = `flag-${made}`
    expect((await server.admin(routes.createFlag, { params, body: { key, name: key, kind: 'release', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })).status).toBe(201)
    return key
  }
  async function live(key: string, environment = 'staging'): Promise<FlagEnvironment> {
    const found = (await server.admin(routes.getFlag, { params: { ...params, flag: key } })).body.environments.find((state) => state.environment === environment)
    if (!found) throw new Error(environment)
    return found
  }
  async function protect(policy: Partial<ReviewPolicy>, environment = 'production'): Promise<void> {
    const revision = (await server.admin(routes.getProject, { params })).body.environments.find(({ key }) => key === environment)?.revision ?? 0
    expect((await server.admin(routes.updateEnvironment, { params: { ...params, environment }, body: { basedOn: revision, policy: { ...FREE, ...policy } } })).status).toBe(200)
  }
  async function propose(by: Api, key: string, edit: (targeting: Targeting) => Targeting, { environment = 'staging', schedule }: { environment?: string; schedule?: ChangeSchedule } = {}): Promise<Change> {
    const { revision, targeting } = await live(key, environment)
    const proposed = await by(routes.proposeChange, { params: at(key, environment), body: { basedOn: revision, targeting: edit(targeting), reason: 'It is time.', ...(schedule ? { schedule } : {}) } })
    expect([proposed.status, proposed.error]).toEqual([201, null])
    return proposed.body
  }
  const serveOff = (targeting: Targeting): Targeting => ({ ...targeting, fallthrough: { variant: 'off' } })
  const get = async (change: Change, by = server.admin) => (await by(routes.getChange, { params: { ...params, change: change.key } })).body
  const review = (by: Api, { key, revision }: Change, verdict: 'approved' | 'changes_requested' | 'comment', comment = 'Hm.') => by(routes.reviewChange, { params: { ...params, change: key }, body: { revision, verdict, comment } })
  const apply = (by: Api, { key, revision }: Change) => by(routes.applyChange, { params: { ...params, change: key }, body: { revision } })
  const withdraw = (by: Api, { key }: Change) => by(routes.withdrawChange, { params: { ...params, change: key }, body: {} })
  const save = async (key: string, edit: (targeting: Targeting) => Targeting, environment = 'staging') => {
    const { revision, targeting } = await live(key, environment)
    const saved = await server.admin(routes.saveTargeting, { params: at(key, environment), body: { basedOn: revision, targeting: edit(targeting) } })
    expect(saved.error).toBeNull()
    return saved.body
  }
  const auditOf = async (kind: string, key: string) => (await server.admin(routes.listAudit, { params, query: { kind, key } })).body.entries
  /** A wall-clock time in UTC so many minutes from now. */
  const inMinutes = (minutes: number): ChangeSchedule => ({ local: new Date(Date.now() + ahead + minutes * 60_000).toISOString().slice(0, 16), timeZone: 'UTC' })
  async function wait(minutes: number): Promise<void> {
    ahead += minutes * 60_000
    for (const api of [server.admin, engineer, owner]) expect((await api(routes.refreshSession)).error).toBeNull()
  }

  test('a change that needs no review is approved at once and becomes one revision, audited as flag and as change', async () => {
    const key = await flag()
    const before = await live(key)
    const change = await propose(engineer, key, serveOff)
    expect(change).toMatchObject({ status: 'approved', revision: 1, basedOn: 1, flag: key, environment: 'staging', approvals: { given: 0, needed: 0 }, waitsForYou: true, divergence: { state: 'none', merged: { fallthrough: { variant: 'off' } } }, may: { edit: true, review: false, apply: true, withdraw: true } })
    expect((await live(key)).revision).toBe(before.revision)
    const applied = await apply(engineer, change)
    expect(applied.body).toMatchObject({ status: 'applied', waitsForYou: false, applied: { revision: 2 }, may: { edit: false, apply: false, withdraw: false } })
    expect(await live(key)).toMatchObject({ revision: 2, targeting: { fallthrough: { variant: 'off' } } })
    expect((await auditOf('flag', key))[0]).toMatchObject({ action: 'flag.targeting_changed', environment: 'staging', before: before.targeting, after: change.proposed, reason: `${change.key}: It is time.`, revision: 2 })
    expect((await auditOf('change', change.key)).map(({ action }) => action)).toEqual(['change.applied', 'change.proposed'])
    expect((await apply(engineer, change)).error?.code).toBe('wrong_state')
  })

  test('new values of a flag that is on need a reason where one is asked for, and a restore of old ones too', async () => {
    const key = await flag()
    const place = { ...params, flag: key }
    const update = (basedOn: number, value: boolean, reason?: string) => server.admin(routes.updateFlag, { params: place, body: { basedOn, variants: [{ key: 'off', value: false }, { key: 'on', value }], ...(reason === undefined ? {} : { reason }) } })
    await protect({ requireReason: true })
    const first = await update(1, false)
    expect(first.status).toBe(200)
    expect((await server.admin(routes.turnOn, { params: at(key, 'production'), body: { basedOn: (await live(key, 'production')).revision, reason: 'Ready.' } })).status).toBe(200)
    expect(await update(first.body.revision, true)).toMatchObject({ status: 400, error: { code: 'reason_required', message: `${key} is on in production, where a change needs a reason: say why its values change.` } })
    expect((await server.admin(routes.updateFlag, { params: place, body: { basedOn: first.body.revision, name: 'Renamed' } })).status).toBe(200)
    const { revision } = (await server.admin(routes.getFlag, { params: place })).body
    expect((await server.admin(routes.restoreDefinition, { params: place, body: { revision: 1, basedOn: revision } })).error?.code).toBe('reason_required')
    expect((await server.admin(routes.restoreDefinition, { params: place, body: { revision: 1, basedOn: revision, reason: 'As before.' } })).status).toBe(200)
    await protect({})
  })

  test('client keys see a flag that is on in a reviewed environment only past its review', async () => {
    const key = await flag()
    const open = (by: Api, more: { reason?: string; bypass?: true } = {}) => by(routes.updateFlag, { params: { ...params, flag: key }, body: { basedOn: 1, clientVisible: true, ...more } })
    expect((await server.admin(routes.turnOn, { params: at(key, 'production'), body: { basedOn: 1 } })).status).toBe(200)
    await protect({ approvals: 1 })
    expect(await open(server.admin)).toMatchObject({ status: 403, error: { code: 'approval_required', message: expect.stringContaining(`${key} is on in production`) } })
    expect((await open(engineer, { bypass: true, reason: 'Now.' })).error?.code).toBe('forbidden')
    expect((await open(server.admin, { bypass: true })).error?.code).toBe('reason_required')
    expect((await open(server.admin, { bypass: true, reason: 'Now.' })).body.clientVisible).toBe(true)
    expect((await auditOf('flag', key))[0]).toMatchObject({ action: 'flag.bypassed', environment: null, reason: 'Now.' })
    await protect({})
  })

  test('approvals of the named roles count, never the author’s own, and only for the present proposal', async () => {
    const key = await flag()
    await protect({ approvals: 1, approvers: ['engineer'] })
    const change = await propose(engineer, key, serveOff, { environment: 'production' })
    expect(change).toMatchObject({ status: 'open', approvals: { given: 0, needed: 1 }, may: { review: false, apply: false } })
    expect((await review(engineer, change, 'approved')).error).toMatchObject({ code: 'forbidden' })
    expect((await review(server.admin, change, 'approved')).error?.message).toContain('reviewed by engineer')
    expect((await review(server.admin, change, 'comment', 'Looks right.')).body.reviews).toMatchObject([{ verdict: 'comment', comment: 'Looks right.', outdated: false }])
    expect((await apply(engineer, change)).error).toMatchObject({ code: 'approval_required', details: { approvals: { given: 0, needed: 1 } } })

    const second = await server.as('engineer')
    expect((await get(change, second)).waitsForYou).toBe(true)
    const approved = await review(second, change, 'approved', '')
    expect(approved.body).toMatchObject({ status: 'approved', approvals: { given: 1 }, waitsForYou: false })
    const edited = await engineer(routes.updateChange, { params: { ...params, change: change.key }, body: { revision: 1, basedOn: 1, targeting: { ...change.proposed, offVariant: null }, reason: 'Also this.', schedule: null } })
    expect(edited.body).toMatchObject({ status: 'open', revision: 2, approvals: { given: 0 }, reviews: [{ verdict: 'comment', outdated: true }, { verdict: 'approved', outdated: true }] })
    expect((await review(second, change, 'approved')).error).toMatchObject({ code: 'revision_conflict', details: { basedOn: 1, currentRevision: 2 } })
    expect((await review(second, edited.body, 'approved')).body.status).toBe('approved')
    expect((await apply(engineer, change)).error?.code).toBe('revision_conflict')
    expect((await apply(engineer, edited.body)).body.status).toBe('applied')
    await protect(FREE)
  })

  test('whoever asks for changes blocks until the proposal is edited or they approve', async () => {
    const key = await flag()
    await protect({ approvals: 1 })
    const second = await server.as('engineer')
    const change = await propose(engineer, key, serveOff, { environment: 'production' })
    expect((await review(second, change, 'changes_requested', '')).error?.code).toBe('invalid_request')
    expect((await review(second, change, 'changes_requested', 'Why now?')).body.status).toBe('open')
    expect((await review(server.admin, change, 'approved')).body).toMatchObject({ status: 'open', approvals: { given: 1, needed: 1 } })
    expect((await get(change, engineer)).waitsForYou).toBe(true)
    expect((await apply(engineer, change)).error?.message).toContain('asked for changes')
    expect((await review(second, change, 'approved')).body).toMatchObject({ status: 'approved', approvals: { given: 2 }, reviews: [{ outdated: true }, {}, { outdated: false }] })
    expect((await withdraw(engineer, change)).body.status).toBe('withdrawn')
    await protect(FREE)
  })

  test('a policy that is tightened holds for what was approved before', async () => {
    const key = await flag()
    await protect({ approvals: 1 })
    const change = await propose(engineer, key, serveOff, { environment: 'production' })
    expect((await review(server.admin, change, 'approved')).body.status).toBe('approved')
    await protect({ approvals: 2 })
    expect(await get(change)).toMatchObject({ status: 'open', approvals: { given: 1, needed: 2 } })
    expect((await apply(server.admin, change)).error?.code).toBe('approval_required')
    await protect(FREE)
    expect((await apply(server.admin, change)).body.status).toBe('applied')
  })

  test('somebody who may not write flags proposes, and needs an approval everywhere', async () => {
    const key = await flag()
    const change = await propose(owner, key, serveOff, { schedule: inMinutes(2) })
    expect(change).toMatchObject({ status: 'open', approvals: { given: 0, needed: 1 }, may: { apply: false } })
    await wait(3)
    await applyDueChanges(server.deps, signal)
    expect((await get(change)).failure).toBe('It was not applied at its time: it needed one approval before, and had none.')
    expect((await review(engineer, change, 'approved')).body).toMatchObject({ status: 'approved', waitsForYou: true })
    expect((await apply(owner, change)).error?.code).toBe('forbidden')
    expect((await apply(engineer, change)).body.status).toBe('applied')
  })

  test('what live changed elsewhere is kept, and merged with the proposal', async () => {
    const key = await flag()
    await save(key, (targeting) => ({ ...targeting, enabled: true, rules: [rule('a')] }))
    const change = await propose(engineer, key, (targeting) => ({ ...targeting, rules: [...targeting.rules, rule('b')] }))
    await save(key, (targeting) => ({ ...targeting, rules: [rule('a', 'off')] }))
    expect((await get(change)).divergence).toMatchObject({ state: 'diverged', liveRevision: 3, overlaps: [], merged: { rules: [{ id: 'a', serve: { variant: 'off' } }, { id: 'b' }] } })
    expect((await apply(engineer, change)).body).toMatchObject({ status: 'applied', applied: { revision: 4 } })
    expect((await live(key)).targeting.rules).toEqual([rule('a', 'off'), rule('b')])
  })

  test('where live changed the same place nothing is written, and the author chooses', async () => {
    const key = await flag()
    await save(key, (targeting) => ({ ...targeting, enabled: true, rules: [rule('a')] }))
    const change = await propose(engineer, key, (targeting) => ({ ...targeting, rules: [{ ...rule('a'), serve: { variant: 'off' } }] }))
    await save(key, (targeting) => ({ ...targeting, rules: [{ ...rule('a'), serve: { unit: 'user', salt: 's', hash: 'murmur3', arms: [{ variant: 'off', weight: 50_000 }, { variant: 'on', weight: 50_000 }], coverage: 100_000 } }] }))
    const before = await live(key)
    const conflicted = await apply(engineer, change)
    expect(conflicted.body).toMatchObject({ status: 'conflicted', waitsForYou: true, may: { edit: true, apply: false }, divergence: { state: 'conflict', merged: null, overlaps: [{ id: 'a serve', subject: 'Rule 1 a, serve', was: { kind: 'serve', serve: { variant: 'on' } }, yours: { kind: 'serve', serve: { variant: 'off' } } }] } })
    expect(await live(key)).toEqual(before)
    expect((await auditOf('change', change.key))[0]).toMatchObject({ action: 'change.conflicted', after: { overlaps: ['Rule 1 a, serve'] } })
    expect((await apply(engineer, change)).error?.code).toBe('wrong_state')

    const body = { revision: 1, targeting: { ...before.targeting, rules: [rule('a', 'off')] }, reason: 'Mine after all.', schedule: null }
    const to = { ...params, change: change.key }
    expect((await server.admin(routes.updateChange, { params: to, body: { ...body, basedOn: before.revision } })).error?.code).toBe('forbidden')
    expect((await engineer(routes.updateChange, { params: to, body: { ...body, basedOn: 99 } })).error).toMatchObject({ code: 'revision_conflict', details: { currentRevision: before.revision } })
    const rebased = await engineer(routes.updateChange, { params: to, body: { ...body, basedOn: before.revision } })
    expect(rebased.body).toMatchObject({ status: 'approved', basedOn: before.revision, revision: 2, divergence: { state: 'none' } })
    expect((await apply(engineer, rebased.body)).body.status).toBe('applied')
    expect((await live(key)).targeting.rules).toEqual([rule('a', 'off')])
  })

  test('a scheduled change is applied once its time has come, in the name of its author and once', async () => {
    const key = await flag()
    const change = await propose(engineer, key, serveOff, { schedule: inMinutes(2) })
    expect(change).toMatchObject({ status: 'scheduled', schedule: { timeZone: 'UTC' } })
    await applyDueChanges(server.deps, signal)
    expect((await live(key)).revision).toBe(1)
    await wait(3)
    // Two runs at once, as two instances would.
    await Promise.all([applyDueChanges(server.deps, signal), applyDueChanges(server.deps, signal)])
    await applyDueChanges(server.deps, signal)
    expect(await get(change)).toMatchObject({ status: 'applied', failure: null, applied: { by: change.author.name, revision: 2 } })
    expect(await live(key)).toMatchObject({ revision: 2, changedBy: change.author.name })
    expect((await auditOf('flag', key)).map(({ action, actor }) => [action, actor.name])).toEqual([['flag.targeting_changed', change.author.name], ['flag.created', 'Ada Admin']])
    expect((await auditOf('change', change.key)).map(({ action }) => action)).toEqual(['change.applied', 'change.proposed'])
  })

  test('a scheduled change without its approvals in time stays open and says so; nothing goes live late by itself', async () => {
    const key = await flag()
    await protect({ approvals: 1 })
    const change = await propose(engineer, key, serveOff, { environment: 'production', schedule: inMinutes(2) })
    expect(change.status).toBe('open')
    await wait(3)
    await applyDueChanges(server.deps, signal)
    expect(await get(change)).toMatchObject({ status: 'open', failure: 'It was not applied at its time: it needed one approval before, and had none.' })
    expect((await auditOf('change', change.key))[0]).toMatchObject({ action: 'change.not_applied', actor: { id: null, name: 'Assay' } })
    const late = await review(server.admin, change, 'approved')
    expect(late.body.status).toBe('approved')
    await applyDueChanges(server.deps, signal)
    expect((await live(key, 'production')).revision).toBe(1)
    expect((await apply(engineer, late.body)).body.status).toBe('applied')
    await protect(FREE)
  })

  test('an approval between its time and the look at it comes too late', async () => {
    const key = await flag()
    await protect({ approvals: 1 })
    const change = await propose(engineer, key, serveOff, { environment: 'production', schedule: inMinutes(2) })
    await wait(3)
    expect((await review(server.admin, change, 'approved')).body.status).toBe('approved')
    await applyDueChanges(server.deps, signal)
    expect(await get(change)).toMatchObject({ status: 'approved', failure: 'It was not applied at its time: it needed one approval before, and had none.' })
    expect((await live(key, 'production')).revision).toBe(1)
    await protect(FREE)
    await withdraw(engineer, change)
  })

  test('what was turned off since is not turned on by a schedule, only by a person', async () => {
    const key = await flag()
    const change = await propose(engineer, key, (targeting) => ({ ...targeting, enabled: true }), { schedule: inMinutes(2) })
    expect((await engineer(routes.turnOn, { params: at(key), body: { basedOn: 1 } })).status).toBe(200)
    expect((await owner(routes.turnOff, { params: at(key), body: {} })).status).toBe(200)
    await wait(3)
    await applyDueChanges(server.deps, signal)
    expect(await get(change)).toMatchObject({ status: 'approved', failure: `It was not applied at its time: ${key} was turned off since it was proposed. Apply it once it may go on again.` })
    expect((await live(key)).targeting.enabled).toBe(false)
    expect((await apply(engineer, change)).body.status).toBe('applied')
    expect((await live(key)).targeting.enabled).toBe(true)
  })

  test('approved before its time it waits for it, unless somebody applies it sooner', async () => {
    const key = await flag()
    await protect({ approvals: 1 })
    const change = await propose(engineer, key, serveOff, { environment: 'production', schedule: inMinutes(60) })
    expect((await review(server.admin, change, 'approved')).body).toMatchObject({ status: 'scheduled', may: { apply: true } })
    expect((await apply(engineer, change)).body.status).toBe('applied')
    await protect(FREE)
  })

  test('a time that has passed, or in no time zone, is refused; one that passed while it waited does not stand in the way of an edit', async () => {
    const key = await flag()
    const { revision, targeting } = await live(key)
    const attempt = (schedule: ChangeSchedule) => engineer(routes.proposeChange, { params: at(key), body: { basedOn: revision, targeting: serveOff(targeting), reason: 'Later.', schedule } })
    expect((await attempt({ local: '2020-01-01T09:00', timeZone: 'UTC' })).error).toMatchObject({ code: 'invalid_request', details: [{ path: 'schedule.local' }] })
    expect((await attempt({ local: '2099-01-01T09:00', timeZone: 'Europe/Nowhere' })).error).toMatchObject({ code: 'invalid_request', details: [{ path: 'schedule.timeZone' }] })
    const schedule = inMinutes(2)
    const change = await propose(owner, key, serveOff, { schedule })
    await wait(3)
    await applyDueChanges(server.deps, signal)
    const edited = await owner(routes.updateChange, { params: { ...params, change: change.key }, body: { revision: 1, basedOn: 1, targeting: { ...change.proposed, offVariant: null }, reason: 'Now then.', schedule } })
    expect(edited.body).toMatchObject({ status: 'open', schedule: null, failure: null })
    await withdraw(owner, change)
  })

  test('what the check refuses leaves the change with the reason, and nothing half done', async () => {
    const key = await flag()
    const variants = [{ key: 'off', value: false }, { key: 'on', value: true }]
    const define = (basedOn: number, more: typeof variants) => server.admin(routes.updateFlag, { params: { ...params, flag: key }, body: { basedOn, variants: [...variants, ...more] } })
    const defined = await define(1, [{ key: 'late', value: true }])
    const withLate = (targeting: Targeting): Targeting => ({ ...targeting, rules: [rule('staff', 'late')] })
    const byHand = await propose(engineer, key, withLate)
    const scheduled = await propose(engineer, key, withLate, { schedule: inMinutes(2) })
    expect((await define(defined.body.revision, [])).status).toBe(200)
    const before = await live(key)
    const refused = await apply(engineer, byHand)
    expect([refused.status, refused.error?.code]).toEqual([400, 'invalid_ruleset'])
    await wait(3)
    await applyDueChanges(server.deps, signal)
    await applyDueChanges(server.deps, signal)
    for (const change of [byHand, scheduled]) {
      expect(await get(change)).toMatchObject({ status: 'approved', applied: null, failure: expect.stringContaining('which is not a variant') as string })
      expect((await auditOf('change', change.key)).map(({ action }) => action)).toEqual(['change.not_applied', 'change.proposed'])
    }
    expect(await live(key)).toEqual(before)
    await withdraw(engineer, byHand)
    await withdraw(engineer, scheduled)
  })

  test('what cannot be saved cannot be proposed', async () => {
    const key = await flag()
    const { revision, targeting } = await live(key)
    const attempt = async (body: { basedOn: number; targeting: Targeting }) => (await engineer(routes.proposeChange, { params: at(key), body: { ...body, reason: 'Because.' } })).error?.code
    expect(await attempt({ basedOn: revision, targeting })).toBe('invalid_request')
    expect(await attempt({ basedOn: revision, targeting: { ...targeting, fallthrough: { variant: 'blue' } } })).toBe('invalid_ruleset')
    expect(await attempt({ basedOn: revision + 1, targeting: serveOff(targeting) })).toBe('revision_conflict')
    expect((await engineer(routes.proposeChange, { params: at('no-such-flag'), body: { basedOn: 1, targeting: serveOff(targeting), reason: 'Because.' } })).error?.code).toBe('not_found')
    expect((await engineer(routes.getChange, { params: { ...params, change: 'CH-0' } })).error?.code).toBe('not_found')
  })

  test('others reject what the author could withdraw', async () => {
    const key = await flag()
    const change = await propose(engineer, key, serveOff)
    expect((await withdraw(owner, change)).error?.code).toBe('forbidden')
    const rejected = await server.admin(routes.withdrawChange, { params: { ...params, change: change.key }, body: { reason: 'Not now.' } })
    expect(rejected.body.status).toBe('rejected')
    expect((await auditOf('change', change.key))[0]).toMatchObject({ action: 'change.rejected', reason: 'Not now.' })
    expect((await withdraw(engineer, change)).error?.code).toBe('wrong_state')
  })

  test('an archived flag takes its open changes with it', async () => {
    const key = await flag()
    const change = await propose(engineer, key, serveOff)
    expect((await server.admin(routes.listFlags, { params, query: { q: key } })).body.flags.map(({ openChanges }) => openChanges)).toEqual([1])
    expect((await server.admin(routes.archiveFlag, { params: { ...params, flag: key }, body: { basedOn: 1 } })).status).toBe(200)
    expect(await get(change)).toMatchObject({ status: 'withdrawn' })
    expect((await auditOf('change', change.key))[0]).toMatchObject({ action: 'change.withdrawn', reason: `${key} was archived.` })
  })

  test('changes are listed newest first, by status, flag and environment', async () => {
    const key = await flag()
    const first = await propose(engineer, key, serveOff)
    const second = await propose(owner, key, serveOff, { environment: 'development' })
    const list = async (query: { status?: 'open' | 'approved' | 'applied'; environment?: string }) => (await server.admin(routes.listChanges, { params, query: { flag: key, ...query } })).body.changes.map((change) => change.key)
    expect(await list({})).toEqual([second.key, first.key])
    expect(await list({ status: 'open' })).toEqual([second.key])
    expect(await list({ status: 'approved' })).toEqual([first.key])
    expect(await list({ status: 'applied' })).toEqual([])
    expect(await list({ environment: 'staging' })).toEqual([first.key])
  })
})

test('two instances that look at the same moment, after a restart, apply a due change once', async () => {
  let ahead = 0
  const now = () => new Date(Date.now() + ahead)
  const server = await startTestServer({ database: 'postgres', now })
  const databaseUrl = server.deps.config.databaseUrl ?? ''
  await server.admin(routes.createFlag, { params, body: { key: 'nightly', name: 'Nightly', kind: 'release', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })
  const [state] = (await server.admin(routes.getFlag, { params: { ...params, flag: 'nightly' } })).body.environments
  if (!state) throw new Error('the flag is nowhere')
  const local = new Date(Date.now() + 120_000).toISOString().slice(0, 16)
  const proposed = await server.admin(routes.proposeChange, { params: { ...params, flag: 'nightly', environment: 'development' }, body: { basedOn: 1, targeting: { ...state.targeting, enabled: true }, reason: 'At night.', schedule: { local, timeZone: 'UTC' } } })
  expect(proposed.body.status).toBe('scheduled')
  ahead = 180_000
  const others = await Promise.all([1, 2].map(() => startInstance({ env: { DATABASE_URL: databaseUrl }, now })))
  try {
    await Promise.all(others.map(({ deps }) => changesJob(deps).run(signal)))
    const entries = await server.db.auditEntry.findMany({ where: { entityKey: { in: ['nightly', 'CH-1'] } }, orderBy: { seq: 'asc' }, select: { action: true } })
    expect(entries.map(({ action }) => action)).toEqual(['flag.created', 'change.proposed', 'flag.targeting_changed', 'change.applied'])
  } finally {
    for (const other of others) await other.close()
    await server.close()
  }
})
