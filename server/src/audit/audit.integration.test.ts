import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteQueryInput } from '../contract/route.ts'
import { routes } from '../contract/routes.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { CHAIN_START, chainHash } from './audit-chain.ts'
import { createAuditVerifier } from './verify-audit.service.ts'

describe.each(['pglite', 'postgres'] as const)('the audit on %s', (database) => {
  let server: TestServer
  let projectId: string
  const params = { project: 'shop' }

  beforeAll(async () => {
    server = await startTestServer({ database })
    projectId = (await server.db.project.findUniqueOrThrow({ where: { key: 'shop' } })).id
    for (const key of ['one', 'two', 'three', 'four']) {
      expect((await server.admin(routes.createCohort, { params, body: { key, name: `Cohort ${key}`, description: '', unit: 'user', when: null, included: ['ü', '1'], excluded: [] } })).status).toBe(201)
    }
  })
  afterAll(() => server.close())

  const verify = async (query: { recent?: 'true' } = {}) => { const { readAllAt: _, ...verdict } = (await server.admin(routes.verifyAudit, { params, query })).body; return verdict }
  const rows = () => server.db.auditEntry.findMany({ where: { projectId }, orderBy: { seq: 'asc' } })

  test('a chain that nobody touched verifies, each entry on the one before', async () => {
    const chain = await rows()
    expect(chain.map((row) => row.seq)).toEqual([1, 2, 3, 4, 5, 6])
    expect(chain.map((row) => row.previousHash)).toEqual([CHAIN_START, ...chain.slice(0, -1).map((row) => row.hash)])
    expect(await verify()).toEqual({ verified: true, entries: 6, head: chain.at(-1)?.hash, brokenAt: null, problem: null })
  })

  test('the log is narrowed by who, by time, and to one entry', async () => {
    const listed = async (query: RouteQueryInput<typeof routes.listAudit>) => (await server.admin(routes.listAudit, { params, query })).body.entries
    const all = await listed({})
    const [newest, second, third] = all
    if (!newest || !second || !third) throw new Error('There are six entries.')
    expect((await listed({ entry: 3 })).map(({ seq }) => seq)).toEqual([3])
    expect(await listed({ actor: newest.actor.name })).toEqual(all.filter(({ actor }) => actor.name === newest.actor.name))
    expect(await listed({ actor: 'Nobody' })).toEqual([])
    expect(await listed({ from: third.at, to: second.at })).toEqual(all.filter(({ at }) => at >= third.at && at <= second.at))
    expect(await listed({ to: '2001-01-01T00:00:00Z' })).toEqual([])
    expect(await server.admin(routes.listAudit, { params, query: { entry: 0 } })).toMatchObject({ status: 400, body: { error: { code: 'invalid_request', details: [{ path: 'entry' }] } } })
    expect(await server.admin(routes.listAudit, { params, query: { from: 'yesterday' } })).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } })
  })

  /** Changes the database behind the program's back, verifies, and puts everything back. */
  async function after(tamper: () => Promise<unknown>) {
    const [before, project] = [await rows(), await server.db.project.findUniqueOrThrow({ where: { id: projectId } })]
    await tamper()
    const verdict = await verify()
    await server.db.$executeRaw`DELETE FROM "audit_entry" WHERE "projectId" = ${projectId}::uuid`
    for (const { before: was, after: is, ...row } of before) await server.db.auditEntry.create({ data: { ...row, ...(was === null ? {} : { before: was }), ...(is === null ? {} : { after: is }) } })
    await server.db.project.update({ where: { id: projectId }, data: { auditSeq: project.auditSeq, auditHash: project.auditHash } })
    expect(await verify()).toMatchObject({ verified: true })
    return verdict
  }
  const at = (seq: number) => ({ projectId_seq: { projectId, seq } })

  test.each<[string, object]>([
    ['who', { actorName: 'Eve' }],
    ['what', { action: 'cohort.deleted' }],
    ['what it was about', { entityKey: 'other' }],
    ['the value', { after: { name: 'Cohort two', included: [] } }],
    ['the reason', { reason: 'As agreed.' }],
    ['the time', { at: new Date(0) }],
    ['the environment', { environment: 'staging' }],
  ])('an entry in which %s was changed is found', async (_name, data) => {
    const verdict = await after(() => server.db.auditEntry.update({ where: at(4), data }))
    expect(verdict).toEqual({ verified: false, entries: 6, head: null, brokenAt: 4, problem: 'Entry 4 was changed after it was written.' })
  })

  test('a change that recomputes the entry\'s own hash is found at the next entry', async () => {
    const verdict = await after(async () => {
      const row = await server.db.auditEntry.findUniqueOrThrow({ where: at(4) })
      await server.db.auditEntry.update({ where: at(4), data: { actorName: 'Eve', hash: chainHash(row.previousHash, { ...row, actorName: 'Eve' }) } })
    })
    expect(verdict).toMatchObject({ verified: false, brokenAt: 5, problem: 'Entry 5 does not continue the entry before it.' })
  })

  test('an entry that was removed is found, be it in the middle or the newest', async () => {
    expect(await after(() => server.db.auditEntry.delete({ where: at(3) }))).toMatchObject({ verified: false, brokenAt: 3, problem: 'Entry 3 is missing.' })
    expect(await after(() => server.db.auditEntry.delete({ where: at(6) }))).toMatchObject({ verified: false, brokenAt: 6, problem: 'Entry 6 is missing.' })
    expect(await after(() => server.db.auditEntry.deleteMany({ where: { projectId } }))).toMatchObject({ verified: false, brokenAt: 1 })
  })

  test('a newest entry written anew is not the one the project remembers', async () => {
    const verdict = await after(async () => {
      const row = await server.db.auditEntry.findUniqueOrThrow({ where: at(6) })
      await server.db.auditEntry.update({ where: at(6), data: { actorName: 'Eve', hash: chainHash(row.previousHash, { ...row, actorName: 'Eve' }) } })
    })
    expect(verdict).toMatchObject({ verified: false, brokenAt: 6, problem: 'The newest entry is not the one the project remembers.' })
  })

  test('two entries that changed places are found', async () => {
    const verdict = await after(async () => {
      await server.db.auditEntry.update({ where: at(4), data: { seq: 100 } })
      await server.db.auditEntry.update({ where: at(5), data: { seq: 4 } })
      await server.db.auditEntry.update({ where: at(100), data: { seq: 5 } })
    })
    expect(verdict).toMatchObject({ verified: false, brokenAt: 4 })
  })

  describe('what was found whole', () => {
    let time = new Date('2027-03-01T09:00:00Z')
    const recent = { recent: true }
    const verifier = () => createAuditVerifier({ db: server.db, now: () => time })
    /** Changes an entry, asks, and puts it back. */
    async function whileChanged<T>(seq: number, ask: () => Promise<T>): Promise<T> {
      const { actorName } = await server.db.auditEntry.findUniqueOrThrow({ where: at(seq) })
      await server.db.auditEntry.update({ where: at(seq), data: { actorName: 'Eve' } })
      const answer = await ask()
      await server.db.auditEntry.update({ where: at(seq), data: { actorName } })
      return answer
    }

    test('is not read again, until somebody asks for everything', async () => {
      const verify = verifier()
      const first = await verify(projectId, recent)
      time = new Date(time.getTime() + 60_000)
      expect(await whileChanged(4, () => verify(projectId, recent))).toEqual(first)
      expect(await whileChanged(4, () => verify(projectId, { recent: false }))).toMatchObject({ verified: false, brokenAt: 4, readAllAt: time })
      expect(await whileChanged(4, () => verify(projectId, recent)), 'a broken chain is trusted in no part').toMatchObject({ verified: false, brokenAt: 4 })
    })

    test('is read again after an hour, and by a process that is new', async () => {
      const verify = verifier()
      expect(await verify(projectId, recent)).toMatchObject({ verified: true })
      expect(await whileChanged(4, () => verifier()(projectId, recent))).toMatchObject({ verified: false, brokenAt: 4 })
      time = new Date(time.getTime() + 3_600_000)
      expect(await whileChanged(4, () => verify(projectId, recent))).toMatchObject({ verified: false, brokenAt: 4 })
    })

    test('is left where its newest entry is another one, or the log was cut short', async () => {
      const verify = verifier()
      await verify(projectId, recent)
      expect(await whileChanged(6, () => verify(projectId, recent))).toMatchObject({ verified: false, brokenAt: 6, problem: 'Entry 6 was changed after it was written.' })
      await verify(projectId, recent)
      const { hash } = await server.db.auditEntry.findUniqueOrThrow({ where: at(5) })
      const { auditHash } = await server.db.project.findUniqueOrThrow({ where: { id: projectId } })
      await server.db.project.update({ where: { id: projectId }, data: { auditSeq: 5, auditHash: hash } })
      expect(await verify(projectId, recent)).toMatchObject({ verified: false, brokenAt: 6, problem: 'Entry 6 is missing.' })
      await server.db.project.update({ where: { id: projectId }, data: { auditSeq: 6, auditHash } })
      expect(await verify(projectId, recent)).toMatchObject({ verified: true, entries: 6 })
    })
  })

  test('pages go from the newest to the first, and a filter keeps its own', async () => {
    const seen: number[] = []
    let before: number | null = 1_000
    for (let page = 0; before !== null && page < 10; page++) {
      const { body }: { body: { entries: { seq: number }[]; nextBefore: number | null } } = await server.admin(routes.listAudit, { params, query: { limit: 4, before } })
      seen.push(...body.entries.map((entry) => entry.seq))
      before = body.nextBefore
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1])
    const { entries, nextBefore } = (await server.admin(routes.listAudit, { params, query: { kind: 'cohort', key: 'two' } })).body
    expect([entries.map((entry) => entry.action), nextBefore]).toEqual([['cohort.created'], null])
    expect(entries[0]).toMatchObject({ actor: { name: 'Ada Admin' }, entity: { kind: 'cohort', key: 'two' }, before: null, after: { included: ['ü', '1'] }, hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string })
  })

  test.each([{ limit: 0 }, { limit: 201 }, { limit: 1.5 }, { before: 0 }, { before: 2 ** 40 }])('the page %j is refused', async (query) => {
    expect(await server.admin(routes.listAudit, { params, query })).toMatchObject({ status: 400, error: { code: 'invalid_request' } })
  })

  test('each project has a chain of its own', async () => {
    await server.admin(routes.createProject, { body: { key: 'blog', name: 'Blog' } })
    expect((await server.admin(routes.verifyAudit, { params: { project: 'blog' }, query: {} })).body).toMatchObject({ verified: true, entries: 2 })
    expect((await server.admin(routes.listAudit, { params: { project: 'blog' }, query: {} })).body.entries.map((entry) => [entry.seq, entry.action])).toEqual([[2, 'member.added'], [1, 'project.created']])
    expect(await verify()).toMatchObject({ entries: 6 })
  })
})
