import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ExperimentDetail } from '../contract/experiments.ts'
import { routes } from '../contract/routes.ts'
import { completeDraft } from '../testing/drafts.ts'
import { recordExperiment } from '../testing/recorded-experiment.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { closeDoneTasks } from './close-tasks.service.ts'

describe.each(['pglite', 'postgres'] as const)('tasks on %s', (database) => {
  let server: TestServer
  let projectId: string
  const params = { project: 'shop' }
  beforeAll(async () => {
    server = await startTestServer({ database })
    projectId = (await server.db.project.findUniqueOrThrow({ where: { key: 'shop' } })).id
  })
  afterAll(() => server.close())

  async function decided(choice: 'ship' | 'remove' | 'iterate'): Promise<ExperimentDetail> {
    const { key } = await recordExperiment(server, { metrics: [{ key: 'bought' }], draft: { guardrails: [] }, origin: new Date('2026-03-02T08:00:00.000Z') })
    const answer = await server.admin(routes.decideExperiment, { params: { ...params, experiment: key }, body: { choice, note: 'It was asked for.', learning: 'Nothing yet.' } })
    expect(answer.error).toBeNull()
    return answer.body
  }
  const list = async (query: { state?: 'open' | 'done'; experiment?: string; flag?: string }) => (await server.admin(routes.listTasks, { params, query })).body.tasks
  const days = (from: string, to: string | null) => Math.round((new Date(to ?? 0).getTime() - new Date(from.slice(0, 10)).getTime()) / 86_400_000)

  test('shipping leaves the end state, the code and the flag to see to', async () => {
    const experiment = await decided('ship')
    const tasks = await list({ experiment: experiment.key })
    expect(tasks.map(({ kind }) => kind)).toEqual(['end_state', 'remove_code', 'archive_flag'])
    expect(tasks.map(({ createdAt, dueAt }) => days(createdAt, dueAt))).toEqual([7, 30, 45])
    expect(tasks[0]).toMatchObject({ key: 'T-1', experiment: experiment.key, hypothesis: experiment.hypothesis, flag: experiment.flag, assignee: '', doneAt: null, revision: 1, title: `Serve on of ${experiment.flag} to everybody in production` })
    expect(await list({ flag: experiment.flag, state: 'open' })).toEqual(tasks)
    const { entries } = (await server.admin(routes.listAudit, { params, query: { kind: 'task', key: 'T-1' } })).body
    expect(entries).toMatchObject([{ action: 'task.opened', actor: { name: 'Ada Admin' } }])
  })

  test('somebody takes a task on, and completes it with a note', async () => {
    const engineer = await server.as('engineer')
    const path = { ...params, task: 'T-2' }
    const taken = await engineer(routes.saveTask, { params: path, body: { basedOn: 1, assignee: 'engineer 1', dueAt: '2027-03-31' } })
    expect(taken.body).toMatchObject({ assignee: 'engineer 1', dueAt: '2027-03-31', revision: 2 })
    expect((await engineer(routes.saveTask, { params: path, body: { basedOn: 1, assignee: 'somebody' } })).error?.code).toBe('revision_conflict')
    expect((await engineer(routes.saveTask, { params: path, body: { basedOn: 2, dueAt: '2027-02-31' } })).status).toBe(400)
    const done = await engineer(routes.completeTask, { params: path, body: { basedOn: 2, note: 'Merged.' } })
    expect(done.body).toMatchObject({ doneBy: 'engineer 1', note: 'Merged.', revision: 3 })
    expect((await engineer(routes.completeTask, { params: path, body: { basedOn: 3 } })).error?.code).toBe('wrong_state')
    expect((await engineer(routes.reopenTask, { params: path, body: { basedOn: 3, note: '' } })).status).toBe(400)
    const reopened = await engineer(routes.reopenTask, { params: path, body: { basedOn: 3, note: 'One service still asks.' } })
    expect(reopened.body).toMatchObject({ doneAt: null, doneBy: null, note: 'One service still asks.' })
    expect((await engineer(routes.reopenTask, { params: path, body: { basedOn: 4, note: 'Again.' } })).error?.code).toBe('wrong_state')
    const { entries } = (await server.admin(routes.listAudit, { params, query: { kind: 'task', key: 'T-2' } })).body
    expect(entries.map(({ action, reason }) => [action, reason])).toEqual([['task.reopened', 'One service still asks.'], ['task.done', 'Merged.'], ['task.changed', null], ['task.opened', null]])
    expect((await (await server.as('viewer'))(routes.completeTask, { params: path, body: { basedOn: 4 } })).status).toBe(403)
    expect((await server.admin(routes.completeTask, { params: { ...params, task: 'T-99' }, body: { basedOn: 1 } })).status).toBe(404)
  })

  test('Assay completes what the flag shows', async () => {
    const experiment = await decided('remove')
    const [endState, , archive] = await list({ experiment: experiment.key })
    const { environments } = (await server.admin(routes.getFlag, { params: { ...params, flag: experiment.flag } })).body
    const production = environments.find(({ environment }) => environment === 'production')
    if (!production || !endState || !archive) throw new Error('There is nothing to see to.')
    const targeting = { ...production.targeting, enabled: true, rules: [], fallthrough: { variant: 'on' } }
    expect((await server.admin(routes.saveTargeting, { params: { ...params, flag: experiment.flag, environment: 'production' }, body: { basedOn: production.revision, targeting } })).error).toBeNull()
    expect(await closeDoneTasks(server.deps, projectId)).toEqual([])
    expect((await server.admin(routes.saveTargeting, { params: { ...params, flag: experiment.flag, environment: 'production' }, body: { basedOn: production.revision + 1, targeting: { ...targeting, fallthrough: { variant: 'off' } } } })).error).toBeNull()
    expect(await closeDoneTasks(server.deps, projectId)).toEqual([endState.key])
    const flag = (await server.admin(routes.getFlag, { params: { ...params, flag: experiment.flag } })).body
    expect((await server.admin(routes.archiveFlag, { params: { ...params, flag: experiment.flag }, body: { basedOn: flag.revision } })).error).toBeNull()
    expect(await closeDoneTasks(server.deps, projectId)).toEqual([archive.key])
    expect((await list({ experiment: experiment.key })).filter(({ doneAt }) => doneAt !== null)).toMatchObject([{ doneBy: 'Assay', note: 'The flag is archived.' }, { doneBy: 'Assay', note: 'The flag serves off to everybody in production.' }])
    const { entries } = (await server.admin(routes.listAudit, { params, query: { kind: 'task', key: archive.key } })).body
    expect(entries[0]).toMatchObject({ action: 'task.done', actor: { id: null, name: 'Assay' } })
  })

  test('a task that a person opened again stays theirs', async () => {
    const done = (await list({ state: 'done' })).find(({ doneBy }) => doneBy === 'Assay')
    if (!done) throw new Error('Nothing is done.')
    await server.admin(routes.reopenTask, { params: { ...params, task: done.key }, body: { basedOn: done.revision, note: 'Look again.' } })
    expect(await closeDoneTasks(server.deps, projectId)).toEqual([])
  })

  test('trying again leaves a hypothesis to write, and writing it is enough', async () => {
    const experiment = await decided('iterate')
    const [task] = await list({ experiment: experiment.key })
    expect(task).toMatchObject({ kind: 'follow_up', title: `Write the hypothesis that goes on from ${experiment.hypothesis}` })
    await server.admin(routes.createHypothesis, { params, body: { ...completeDraft(), cohort: null, primaryMetric: null, guardrails: [], secondaryMetrics: [], relatedTo: { hypothesis: experiment.hypothesis, kind: 'follow_up' } } })
    expect(await list({ experiment: experiment.key })).toMatchObject([{ doneBy: 'Assay' }])
    const { body } = await server.admin(routes.getHypothesis, { params: { ...params, hypothesis: experiment.hypothesis } })
    expect(body.followedBy).toMatchObject([{ kind: 'follow_up', title: 'Express pay at checkout' }])
  })
})
